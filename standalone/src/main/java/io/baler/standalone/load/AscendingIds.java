package io.baler.standalone.load;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import org.bson.BsonObjectId;
import org.bson.types.ObjectId;

/**
 * Gives out ObjectIds in strictly ascending order, so that logs without ids are exported in the order of their file.
 * The driver's own generator starts its counter anywhere and wraps round within a second.
 */
final class AscendingIds {

    private static final int COUNTER_BITS = 24;
    private static final int RANDOM_BYTES = 5;
    private static final int BYTES = 12;

    private final byte[] random = new byte[RANDOM_BYTES];
    private final long firstSecond;
    private long given;

    AscendingIds(Clock clock) {
        new SecureRandom().nextBytes(random);
        this.firstSecond = clock.instant().getEpochSecond();
    }

    BsonObjectId next() {
        // seconds are only moved on when the counter is full: 16 million ids
        var second = firstSecond + (given >> COUNTER_BITS);
        var counter = given & ((1 << COUNTER_BITS) - 1);
        given++;
        var bytes = ByteBuffer.allocate(BYTES)
                .putInt((int) second)
                .put(random)
                .put((byte) (counter >> 16))
                .putShort((short) counter);
        return new BsonObjectId(new ObjectId(bytes.array()));
    }
}
