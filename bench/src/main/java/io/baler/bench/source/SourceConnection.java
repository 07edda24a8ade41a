package io.baler.bench.source;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import org.bson.BsonDocument;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;

/** Reads one client's commands and answers each, one after the other, until it goes away. */
final class SourceConnection implements Runnable {
    private static final int OP_QUERY = 2004;
    private static final int OP_MSG = 2013;
    private static final int HEADER = 4 * Integer.BYTES;
    private static final int MOST_BYTES = 1 << 20;

    private final SocketChannel channel;
    private final Answers answers;

    SourceConnection(SocketChannel channel, Answers answers) {
        this.channel = channel;
        this.answers = answers;
    }

    @Override
    public void run() {
        try (channel) {
            while (true) {
                answer().writeTo(channel);
            }
        } catch (EOFException | ClosedChannelException gone) {
            // it has all that it wanted
        } catch (IOException broken) {
            System.err.println("source: a client is lost (" + broken.getMessage() + ")");
        }
    }

    private Reply answer() throws IOException {
        var header = read(HEADER);
        int length = header.getInt();
        int request = header.getInt();
        header.getInt();
        int code = header.getInt();
        if (length < HEADER || length > MOST_BYTES) {
            throw new IOException("a message of " + length + " bytes");
        }
        var body = read(length - HEADER);
        return switch (code) {
            case OP_MSG -> {
                body.position(Integer.BYTES + 1);
                yield answers.to(request, document(body));
            }
            case OP_QUERY -> {
                body.position(Integer.BYTES);
                while (body.get() != 0) {
                    // the collection's name; only greetings come in this form
                }
                body.position(body.position() + 2 * Integer.BYTES);
                yield Reply.old(request, answers.hello());
            }
            default -> throw new IOException("a message of kind " + code);
        };
    }

    private static BsonDocument document(ByteBuffer body) {
        byte[] document = new byte[body.getInt(body.position())];
        body.get(document);
        return new RawBsonDocument(document).decode(new BsonDocumentCodec());
    }

    private ByteBuffer read(int count) throws IOException {
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes) < 0) {
                throw new EOFException();
            }
        }
        return bytes.flip();
    }
}
