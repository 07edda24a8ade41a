package io.baler.local;

import de.bwaldvogel.mongo.backend.KeyValue;
import de.bwaldvogel.mongo.backend.Missing;
import java.nio.ByteBuffer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/** Keeps the key of an index in the store: its values one after the other, null being the only one that may lack. */
final class IndexKeyType extends BasicDataType<KeyValue> {

    private final BsonValueType values = new BsonValueType();

    @Override
    public int compare(KeyValue one, KeyValue other) {
        int order = Integer.compare(one.size(), other.size());
        for (int i = 0; order == 0 && i < one.size(); i++) {
            order = values.compare(Missing.ofNullable(one.get(i)), Missing.ofNullable(other.get(i)));
        }
        return order;
    }

    @Override
    public int getMemory(KeyValue key) {
        return 64
                + key.stream()
                        .mapToInt(value -> values.getMemory(Missing.ofNullable(value)))
                        .sum();
    }

    @Override
    public void write(WriteBuffer target, KeyValue key) {
        target.putVarInt(key.size());
        for (Object value : key) {
            values.write(target, Missing.ofNullable(value));
        }
    }

    @Override
    public KeyValue read(ByteBuffer source) {
        Object[] read = new Object[DataUtils.readVarInt(source)];
        for (int i = 0; i < read.length; i++) {
            Object value = values.read(source);
            read[i] = value instanceof Missing ? null : value;
        }
        return new KeyValue(read);
    }

    @Override
    public KeyValue[] createStorage(int size) {
        return new KeyValue[size];
    }
}
