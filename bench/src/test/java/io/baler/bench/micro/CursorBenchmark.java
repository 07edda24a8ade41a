package io.baler.bench.micro;

import com.mongodb.client.MongoClients;
import io.baler.bench.source.MadeUpRecords;
import io.baler.job.Selection;
import io.baler.job.source.LogDatabase;
import io.baler.job.source.SourceSettings;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.bson.BsonDocument;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Records read through the driver, raw, for each record; the source answers in the same process. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CursorBenchmark {
    private static final int RECORDS = 100_000;

    @Param({"1000", "5000", "20000"})
    public int batch;

    private @Nullable MadeUpRecords source;
    private @Nullable LogDatabase logs;

    @Setup
    public void open() {
        source = MadeUpRecords.served(RECORDS);
        var settings = new Binder(new MapConfigurationPropertySource(Map.of()))
                .bindOrCreate("baler.source", SourceSettings.class);
        logs = new LogDatabase(MongoClients.create(source.uri()), "bench", settings);
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long read() {
        long bytes = 0;
        var selection = new Selection(null, "bench", "activities", "user", "action", "createdAt");
        try (var reads = Objects.requireNonNull(logs).records(selection);
                var cursor = reads.find(new BsonDocument()).batchSize(batch).iterator()) {
            while (cursor.hasNext()) {
                bytes += cursor.next().getByteLength();
            }
        }
        return bytes;
    }

    @TearDown
    public void close() throws IOException {
        Objects.requireNonNull(logs).close();
        Objects.requireNonNull(source).close();
    }
}
