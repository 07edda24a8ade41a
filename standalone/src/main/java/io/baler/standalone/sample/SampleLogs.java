package io.baler.standalone.sample;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Random;
import org.bson.BsonDateTime;
import org.bson.BsonDocument;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.types.ObjectId;

/** A wiki's audit logs, made up but lifelike: the same ones, in ascending order of their ids, for the same count. */
public final class SampleLogs implements Iterable<BsonDocument> {

    private static final long SEED = 20_260_701;
    private static final int PAGES = 400;
    private static final byte[] MACHINE = {0x5a, 0x11, 0x0b, 0x05, 0x7e};
    private static final List<SampleAction> ACTIONS = List.of(SampleAction.values());

    private final long count;

    public SampleLogs(long count) {
        this.count = count;
    }

    @Override
    public Iterator<BsonDocument> iterator() {
        return new Generator(count);
    }

    private static final class Generator implements Iterator<BsonDocument> {

        private final long count;
        private final Random random = new Random(SEED);
        private final OfficeHours hours = new OfficeHours();
        private final Weights users = Weights.skewed(SampleUser.ALL.size());
        private final Weights pages = Weights.skewed(PAGES);
        private final Weights actions = new Weights(ACTIONS.size(), i -> ACTIONS.get(i).weight);

        private long made;
        private long second;
        private int inSecond;

        Generator(long count) {
            this.count = count;
        }

        @Override
        public boolean hasNext() {
            return made < count;
        }

        @Override
        public BsonDocument next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            // one moment in each of as many equal shares: random, and ascending without sorting
            var moment = hours.at((made + random.nextDouble()) / count);
            made++;
            var user = SampleUser.ALL.get(users.at(random.nextDouble()));
            var action = ACTIONS.get(actions.at(random.nextDouble()));
            var page = id(0x5f20_0000, pages.at(random.nextDouble()));
            var log = new BsonDocument("_id", new BsonObjectId(logId(moment)))
                    .append("user", new BsonObjectId(user.id()))
                    .append("ip", new BsonString(address(user)))
                    .append("endpoint", new BsonString(String.format(Locale.ROOT, action.endpoint, page)));
            appendTarget(log, action, user, page);
            return log.append("action", new BsonString(action.name()))
                    .append("snapshot", new BsonDocument("username", new BsonString(user.username())))
                    .append("createdAt", new BsonDateTime(moment.toEpochMilli()));
        }

        private void appendTarget(BsonDocument log, SampleAction action, SampleUser user, ObjectId page) {
            switch (action.target) {
                case PAGE -> log.append("targetModel", new BsonString("Page")).append("target", new BsonObjectId(page));
                case USER ->
                    log.append("targetModel", new BsonString("User")).append("target", new BsonObjectId(user.id()));
                case NONE -> {}
            }
            if (action.hasEvent) {
                log.append("eventModel", new BsonString(action.eventModel()))
                        .append("event", new BsonObjectId(id(0x5f40_0000, random.nextInt(1 << 24))));
            }
        }

        /** From the office, or now and then from home. */
        private String address(SampleUser user) {
            return random.nextInt(8) == 0
                    ? "2001:db8:40:" + Integer.toHexString(0x1a0 + user.rank()) + "::" + (1 + random.nextInt(3))
                    : "10.20." + (user.rank() % 4) + "." + (20 + user.rank());
        }

        private ObjectId logId(Instant moment) {
            inSecond = moment.getEpochSecond() == second ? inSecond + 1 : 0;
            second = moment.getEpochSecond();
            return id((int) second, inSecond);
        }

        private static ObjectId id(int second, int number) {
            return new ObjectId(ByteBuffer.allocate(12)
                    .putInt(second)
                    .put(MACHINE)
                    .put((byte) (number >>> 16))
                    .putShort((short) number)
                    .array());
        }
    }
}
