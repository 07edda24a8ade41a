package io.baler.bench.source;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.SplittableRandom;

/**
 * Made-up audit logs of a wiki, about 400 bytes of BSON each: the same bytes for the same number, in ascending order of
 * their {@code _id}. Some pages and users are in many of them, as in life; what is in one alone, such as the id of an
 * event or a revision, is what an archive's size is made of.
 */
final class BenchLog {
    /** An ObjectId's counter has three bytes. */
    static final int MOST = 1 << 24;

    /** No record is longer. */
    static final int MOST_BYTES = 640;

    private static final long SEED = 20_260_701;
    private static final long FIRST_MILLIS = 1_700_000_000_000L;
    private static final long MACHINE = 0x5a11_0b05_7e00_0000L;
    private static final int USERS = 3_000;
    private static final int PAGES = 40_000;
    private static final String[] ACTIONS = {
        "PAGE_VIEW", "SEARCH_PAGE", "PAGE_UPDATE", "ATTACHMENT_DOWNLOAD", "COMMENT_CREATE", "USER_LOGOUT"
    };
    private static final String[] BROWSERS = {
        "Mozilla/5.0 (X11) Chrome/126.0",
        "Mozilla/5.0 (Windows) Firefox/127.0",
        "Mozilla/5.0 (Macintosh) Safari/605.1",
        "curl/8.5.0"
    };

    private final ByteBuffer out;

    /** @param out little-endian, with room for a record */
    BenchLog(ByteBuffer out) {
        this.out = out;
    }

    /** Writes the record of this number, from 0. */
    void write(int number) {
        var random = new SplittableRandom(SEED + number);
        int user = skewed(USERS, random);
        int page = skewed(PAGES, random);
        long millis = FIRST_MILLIS + number * 700L + random.nextInt(700);
        int begin = begin();
        id("_id", (int) (millis / 1_000), MACHINE | number);
        id("user", 0x5dd8_9a60, mixed(user));
        text("ip", "10." + user % 7 + "." + user % 200 + "." + random.nextInt(250));
        text(
                "endpoint",
                "/_api/v3/page?pageId=" + hex(page) + "&revisionId="
                        + HexFormat.of().toHexDigits(random.nextLong()));
        text("userAgent", BROWSERS[user % BROWSERS.length]);
        text("request", HexFormat.of().toHexDigits(random.nextLong(), 9));
        text("targetModel", "Page");
        id("target", 0x5f20_0000 + page, mixed(page));
        text("eventModel", "Page");
        id("event", (int) (millis / 1_000), random.nextLong());
        text("action", ACTIONS[skewed(ACTIONS.length, random)]);
        name(3, "snapshot");
        int snapshot = begin();
        text("username", "user-" + user);
        end(snapshot);
        name(9, "createdAt");
        out.putLong(millis);
        name(16, "__v");
        out.putInt(0);
        end(begin);
    }

    private static String hex(int page) {
        return HexFormat.of().toHexDigits(0x5f20_0000 + page) + HexFormat.of().toHexDigits(mixed(page));
    }

    private static long mixed(int value) {
        return (value + 1) * 0x9E37_79B9_7F4A_7C15L;
    }

    private static int skewed(int count, SplittableRandom random) {
        double uniform = random.nextDouble();
        return (int) (count * uniform * uniform * uniform);
    }

    private int begin() {
        int at = out.position();
        out.putInt(0);
        return at;
    }

    private void end(int begin) {
        out.put((byte) 0);
        out.putInt(begin, out.position() - begin);
    }

    private void name(int type, String name) {
        out.put((byte) type).put(name.getBytes(US_ASCII)).put((byte) 0);
    }

    private void id(String name, int high, long low) {
        name(7, name);
        out.putInt(Integer.reverseBytes(high)).putLong(Long.reverseBytes(low));
    }

    private void text(String name, String value) {
        name(2, name);
        out.putInt(value.length() + 1).put(value.getBytes(US_ASCII)).put((byte) 0);
    }
}
