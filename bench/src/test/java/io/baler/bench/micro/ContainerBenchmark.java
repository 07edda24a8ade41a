package io.baler.bench.micro;

import io.baler.job.ArchiveFormat;
import io.baler.job.ArchivedFile;
import io.baler.job.IdKind;
import io.baler.job.IdRun;
import io.baler.job.InvalidRecords;
import io.baler.worker.format.Format;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bson.BsonInt32;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A ZIP of files that are deflated already, for each file: its headers and its entry in the directory. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ContainerBenchmark {
    private static final int FILES = 100;
    private static final byte[] DEFLATED = new byte[780_000];

    private final Counted out = new Counted();

    /** Where the archive goes: nowhere, and its length is kept. */
    private static final class Counted extends OutputStream {
        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            count += length;
        }
    }

    @Benchmark
    @OperationsPerInvocation(FILES)
    public long zip() throws IOException {
        out.count = 0;
        var zip = Format.containers(ArchiveFormat.JSON).on(out, Instant.EPOCH);
        for (int n = 0; n < FILES; n++) {
            zip.add(file(n, out.count), new ByteArrayInputStream(DEFLATED));
        }
        zip.endData();
        zip.end(new byte[1_000], new byte[64]);
        return out.count;
    }

    private static ArchivedFile file(int n, long offset) {
        return new ArchivedFile(
                "audit-logs-0123456789abcdef-" + (1_000_000 + n) + ".json",
                0xCAFE_BABEL,
                3_900_000,
                DEFLATED.length,
                offset,
                Files.RECORDS,
                new BsonInt32(n),
                new BsonInt32(n),
                "0".repeat(64),
                List.of(new IdRun(IdKind.NUMBER, Files.RECORDS)),
                new InvalidRecords(0, List.of()));
    }
}
