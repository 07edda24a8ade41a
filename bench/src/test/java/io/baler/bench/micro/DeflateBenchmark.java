package io.baler.bench.micro;

import com.intel.gkl.compression.IntelDeflaterFactory;
import io.baler.job.ArchiveFormat;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.format.Compression;
import io.baler.worker.format.DeflateLibrary;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A file of 10,000 records, deflated: how long it takes, and what becomes of it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeflateBenchmark {
    @Param({"jdk", "libdeflate", "gkl"})
    @Nullable
    public String library;

    @Param({"1", "2", "3", "4", "5", "6", "7", "8", "9"})
    public int level;

    private final GrowableBytes raw = new GrowableBytes(8 << 20);
    private final GrowableBytes deflated = new GrowableBytes(8 << 20);
    private @Nullable Compression compression;

    @Setup
    public void prepare() {
        var json = Files.format(ArchiveFormat.JSON, DeflateLibrary.JDK, 6);
        Files.lay(json, Files.records(), raw);
        var name = Objects.requireNonNull(library);
        compression = name.equals("gkl") ? new Gkl(level) : ofWorker(name);
    }

    private Compression ofWorker(String name) {
        var named = DeflateLibrary.recordedAs(name).orElseThrow();
        if (!named.isHere()) {
            throw new IllegalStateException("this system has no " + name);
        }
        return Files.format(ArchiveFormat.JSON, named, level).compression();
    }

    @Benchmark
    public int deflate() {
        deflated.clear();
        Objects.requireNonNull(compression).compress(raw, 0, deflated, () -> false);
        return deflated.length();
    }

    @TearDown
    public void tellSize() {
        System.out.printf(Locale.ROOT, "%.2f %% of %d bytes%n", 100.0 * deflated.length() / raw.length(), raw.length());
    }

    /** Intel's library, as it is used: in one shot, from the beginning of an array. */
    private record Gkl(int level) implements Compression {
        @Override
        public String name() {
            return "gkl";
        }

        @Override
        public void compress(GrowableBytes raw, long crc32, GrowableBytes into, BooleanSupplier abandoned) {
            var deflater = new IntelDeflaterFactory().makeDeflater(level, true);
            try {
                deflater.setInput(raw.array(), 0, raw.length());
                deflater.finish();
                into.ensureRoom(raw.length());
                into.advanceTo(deflater.deflate(into.array(), 0, into.array().length));
                if (!deflater.finished()) {
                    throw new IllegalStateException("it did not end in one shot");
                }
            } finally {
                deflater.end();
            }
        }
    }
}
