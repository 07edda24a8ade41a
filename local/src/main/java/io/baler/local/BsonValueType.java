package io.baler.local;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.ObjectId;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * Keeps a value of a document, or a whole document, in the store as BSON.
 *
 * <p>The store's own way is Java serialization, also of both sides whenever it compares two keys. This takes a quarter
 * of the space and of the time.
 */
final class BsonValueType extends BasicDataType<Object> {

    /** For {@link Missing}, which BSON has no type for; none of BSON's types has this number. */
    private static final byte MISSING = 0;

    /** Equal means the same type and the same bytes; otherwise any order does, as long as it stays the same. */
    @Override
    public int compare(Object one, Object other) {
        // nearly all keys, and both orders are those of the bytes
        if (one instanceof ObjectId left && other instanceof ObjectId right) {
            return left.compareTo(right);
        }
        return Arrays.compareUnsigned(encode(one), encode(other));
    }

    @Override
    public int getMemory(Object value) {
        // a decoded document takes about four times its BSON; the store asks for a sample only
        return 64 + 4 * encode(value).length;
    }

    @Override
    public void write(WriteBuffer target, Object value) {
        byte[] bson = encode(value);
        target.putVarInt(bson.length).put(bson);
    }

    @Override
    public Object read(ByteBuffer source) {
        int length = DataUtils.readVarInt(source);
        ByteBuf bson = Unpooled.wrappedBuffer(source.slice().limit(length));
        source.position(source.position() + length);
        byte type = bson.readByte();
        return type == MISSING ? Missing.getInstance() : BsonDecoder.decodeValue(type, bson);
    }

    private static byte[] encode(Object value) {
        if (value instanceof Missing) {
            return new byte[] {MISSING};
        }
        byte type = BsonEncoder.determineType(value);
        ByteBuf bson = Unpooled.buffer().writeByte(type);
        BsonEncoder.encodeValue(type, value, bson);
        return ByteBufUtil.getBytes(bson);
    }

    @Override
    public Object[] createStorage(int size) {
        return new Object[size];
    }
}
