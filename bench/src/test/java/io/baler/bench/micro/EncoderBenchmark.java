package io.baler.bench.micro;

import io.baler.job.ArchiveFormat;
import io.baler.worker.encode.GrowableBytes;
import io.baler.worker.format.DeflateLibrary;
import io.baler.worker.format.Format;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.RawBsonDocument;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** BSON bytes to the bytes of a file, for each record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EncoderBenchmark {
    @Param({"json", "csv"})
    @Nullable
    public String format;

    private final GrowableBytes file = new GrowableBytes(8 << 20);
    private @Nullable Format made;
    private @Nullable List<RawBsonDocument> records;

    @Setup
    public void prepare() {
        var named = ArchiveFormat.named(Objects.requireNonNull(format)).orElseThrow();
        made = Files.format(named, DeflateLibrary.JDK, 6);
        records = Files.records();
    }

    @Benchmark
    @OperationsPerInvocation(Files.RECORDS)
    public int encode() {
        Files.lay(Objects.requireNonNull(made), Objects.requireNonNull(records), file);
        return file.length();
    }
}
