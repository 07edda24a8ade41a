package io.baler.worker.archive;

import static org.assertj.core.api.Assertions.assertThat;

import io.baler.job.InvalidRecords;
import io.baler.worker.encode.GrowableBytes;
import java.util.List;
import org.bson.BsonInt32;
import org.junit.jupiter.api.Test;

class CompressionQueueTest {

    @Test
    void thereIsRoomForAnotherFileAsLongAsThereAreMemoryAndAPlace() {
        var queue = new CompressionQueue(
                new CompressionThreads(neverRun -> {}, 3, 1_000),
                TestArchives.spec(TestArchives.engine(10, 1 << 20), 1 << 20));
        assertThat(queue.isFull(5_000, 5_000))
                .as("one file is made in any case")
                .isFalse();

        queue.submit(file(200));

        assertThat(queue.isFull(200, 0)).isFalse();
        assertThat(queue.isFull(200, 200)).as("just fits").isFalse();
        assertThat(queue.isFull(200, 201)).as("with what is taken elsewhere").isTrue();
        assertThat(queue.isFull(301, 0)).as("each takes its size twice").isTrue();

        queue.submit(file(1));
        queue.submit(file(1));

        assertThat(queue.isFull(1, 0)).as("no place").isTrue();
    }

    private static ClosedFile file(int length) {
        var bytes = new GrowableBytes(length);
        bytes.advanceTo(length);
        return new ClosedFile(
                "file", bytes, 1, new BsonInt32(1), new BsonInt32(1), List.of(), new InvalidRecords(0, List.of()));
    }
}
