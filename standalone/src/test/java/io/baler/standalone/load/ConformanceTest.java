package io.baler.standalone.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.bson.RawBsonDocument;
import org.junit.jupiter.api.Test;

/** The encoder's test documents, read from canonical extended JSON: to the byte what they are as BSON. */
class ConformanceTest {

    private static final Path DOCUMENTS = Path.of("../worker/src/test/resources/conformance");

    @Test
    void everyTypeIsReadAsItIs() throws IOException {
        assumeTrue(Files.isDirectory(DOCUMENTS), "the worker's test documents are not there");
        var expected = bson(Files.readAllBytes(DOCUMENTS.resolve("input.bson")));

        var read = json(Files.readAllBytes(DOCUMENTS.resolve("input.ndjson")));

        assertThat(read).hasSameSizeAs(expected);
        for (var i = 0; i < read.size(); i++) {
            assertThat(read.get(i).getByteBuffer().asNIO())
                    .as(expected.get(i).getString("case").getValue())
                    .isEqualTo(expected.get(i).getByteBuffer().asNIO());
        }
    }

    private static List<RawBsonDocument> json(byte[] lines) throws IOException {
        var preparation = new Preparation("createdAt", Clock.systemUTC());
        var reader = RecordReader.of(new ByteArrayInputStream(lines));
        var documents = new ArrayList<RawBsonDocument>();
        for (var parsed = reader.next(); parsed != null; parsed = reader.next()) {
            assertThat(parsed).isInstanceOf(Parsed.Good.class);
            if (parsed instanceof Parsed.Good good) {
                var place = new PreparedLog.Place("input.ndjson", good.line());
                documents.add(preparation.prepare(good.document(), place).document());
            }
        }
        return documents;
    }

    private static List<RawBsonDocument> bson(byte[] documents) {
        var found = new ArrayList<RawBsonDocument>();
        var buffer = ByteBuffer.wrap(documents).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            var document = new byte[buffer.getInt(buffer.position())];
            buffer.get(document);
            found.add(new RawBsonDocument(document));
        }
        return found;
    }
}
