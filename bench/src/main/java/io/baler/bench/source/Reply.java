package io.baler.bench.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.GatheringByteChannel;
import java.util.List;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** One answer on MongoDB's wire, some of it perhaps taken as it lies in memory. */
final class Reply {
    private static final int OP_REPLY = 1;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 4 * Integer.BYTES;
    private static final int ROOM = 512;

    private final List<ByteBuffer> pieces;

    private Reply(List<ByteBuffer> pieces) {
        this.pieces = pieces;
    }

    /** A document, to a command that came as {@code OP_MSG}. */
    static Reply message(int responseTo, BsonDocument document) {
        var body = bytes(document);
        var head = header(HEADER + Integer.BYTES + 1 + body.remaining(), responseTo, OP_MSG);
        head.putInt(0).put((byte) 0).flip();
        return new Reply(List.of(head, body));
    }

    /** A document, to a greeting in the old form, with which clients begin. */
    static Reply old(int responseTo, BsonDocument document) {
        var body = bytes(document);
        var head = header(HEADER + 20 + body.remaining(), responseTo, OP_REPLY);
        head.putInt(0).putLong(0).putInt(0).putInt(1).flip();
        return new Reply(List.of(head, body));
    }

    private static ByteBuffer bytes(BsonDocument document) {
        var raw = new RawBsonDocument(document, new BsonDocumentCodec());
        return ByteBuffer.wrap(raw.getBackingArray(), raw.getByteOffset(), raw.getByteLength());
    }

    /**
     * A batch.
     *
     * @param name {@code firstBatch} or {@code nextBatch}
     * @param cursor 0 if there is no more
     */
    static Reply batch(int responseTo, String name, ByteBuffer elements, long cursor, String namespace) {
        var end = ByteBuffer.allocate(ROOM).order(ByteOrder.LITTLE_ENDIAN);
        end.put((byte) 0);
        int behindArray = end.position();
        element(end, 0x12, "id").putLong(cursor);
        element(end, 0x02, "ns").putInt(namespace.length() + 1);
        end.put(namespace.getBytes(US_ASCII)).put((byte) 0).put((byte) 0);
        int behindCursor = end.position();
        element(end, 0x01, "ok").putDouble(1).put((byte) 0).flip();

        int array = Integer.BYTES + elements.remaining() + behindArray;
        int inCursor = Integer.BYTES + 1 + name.length() + 1 + array + behindCursor - behindArray;
        int document = Integer.BYTES + 1 + "cursor".length() + 1 + inCursor + end.limit() - behindCursor;
        var head = header(HEADER + Integer.BYTES + 1 + document, responseTo, OP_MSG);
        head.putInt(0).put((byte) 0).putInt(document);
        element(head, 0x03, "cursor").putInt(inCursor);
        element(head, 0x04, name).putInt(array).flip();
        return new Reply(List.of(head, elements, end));
    }

    private static ByteBuffer header(int length, int responseTo, int code) {
        return ByteBuffer.allocate(ROOM)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(length)
                .putInt(0)
                .putInt(responseTo)
                .putInt(code);
    }

    private static ByteBuffer element(ByteBuffer out, int type, String name) {
        return out.put((byte) type).put(name.getBytes(US_ASCII)).put((byte) 0);
    }

    void writeTo(GatheringByteChannel channel) throws IOException {
        var all = pieces.toArray(ByteBuffer[]::new);
        while (all[all.length - 1].hasRemaining()) {
            channel.write(all);
        }
    }
}
