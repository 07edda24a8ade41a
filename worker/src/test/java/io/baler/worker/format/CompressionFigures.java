package io.baler.worker.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.baler.worker.encode.GrowableBytes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Prints what each level of each compression costs and saves, which the default levels were chosen by. Counts processor
 * time, so that it may run beside other things.
 *
 * <p>Measures made-up logs and every file of JSON lines that is named to it. To run it: {@code ./mvnw -q
 * test-compile dependency:build-classpath -Dmdep.outputFile=target/test.classpath -pl worker -am && java -cp
 * worker/target/classes:worker/target/test-classes:$(cat worker/target/test.classpath)
 * io.baler.worker.format.CompressionFigures [FILE...]}
 */
final class CompressionFigures {

    private static final int REPEATS = 3;
    private static final int RECORDS = 50_000;
    private static final int RECORDS_PER_FILE = 10_000;

    private static final List<String> ACTIONS =
            List.of("PAGE_VIEW", "SEARCH_PAGE", "PAGE_UPDATE", "ATTACHMENT_DOWNLOAD", "COMMENT_CREATE", "USER_LOGOUT");

    private CompressionFigures() {}

    public static void main(String[] files) throws IOException {
        Map<String, List<String>> sources = new LinkedHashMap<>();
        sources.put("made-up logs of a wiki", madeUp());
        for (String file : files) {
            sources.put(Path.of(file).getFileName().toString(), Files.readAllLines(Path.of(file)));
        }
        for (var source : sources.entrySet()) {
            var lines = source.getValue();
            var raw = inFiles(lines);
            long bytes = raw.stream().mapToLong(GrowableBytes::length).sum();
            System.out.printf(
                    "%n%s: %,d records of %,d bytes%n%-12s %8s %8s %18s %15s%n",
                    source.getKey(),
                    lines.size(),
                    bytes / lines.size(),
                    "",
                    "MB/s",
                    "ratio",
                    "s/million records",
                    "MB/million");
            print("deflate", Deflate::new, 9, raw, lines.size());
            if (DeflateLibrary.LIBDEFLATE.isHere()) {
                print("libdeflate", LibDeflate::new, 12, raw, lines.size());
            }
            print("zstd", ZstdFrame::new, ZstdFrame.HIGHEST_LEVEL, raw, lines.size());
        }
    }

    private static void print(
            String name, IntFunction<Compression> levels, int highest, List<GrowableBytes> raw, int records) {
        long bytes = raw.stream().mapToLong(GrowableBytes::length).sum();
        for (int level = 1; level <= highest; level++) {
            var measured = measured(levels.apply(level), raw);
            System.out.printf(
                    "%-12s %8.1f %8.2f %18.2f %15.1f%n",
                    name + " " + level,
                    bytes / 1e6 / measured.seconds(),
                    (double) bytes / measured.bytes(),
                    measured.seconds() * 1e6 / records,
                    (double) measured.bytes() / records);
        }
    }

    private record Measured(double seconds, long bytes) {}

    /** The best of some, for what others do to the caches. */
    private static Measured measured(Compression compression, List<GrowableBytes> raw) {
        var threads = ManagementFactory.getThreadMXBean();
        var into = new GrowableBytes(0);
        long best = Long.MAX_VALUE;
        long bytes = 0;
        for (int i = 0; i < REPEATS; i++) {
            bytes = 0;
            long before = threads.getCurrentThreadCpuTime();
            for (var file : raw) {
                compression.compress(file, crc32(file), into, () -> false);
                bytes += into.length();
            }
            best = Math.min(best, threads.getCurrentThreadCpuTime() - before);
        }
        return new Measured(best / 1e9, bytes);
    }

    private static long crc32(GrowableBytes file) {
        var crc = new CRC32();
        crc.update(file.array(), 0, file.length());
        return crc.getValue();
    }

    private static List<GrowableBytes> inFiles(List<String> lines) {
        List<GrowableBytes> files = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (i % RECORDS_PER_FILE == 0) {
                files.add(new GrowableBytes(0));
            }
            byte[] line = (lines.get(i) + "\n").getBytes(UTF_8);
            files.get(files.size() - 1).write(line, 0, line.length);
        }
        return files;
    }

    /** Some pages and users are in many records, as in life; the ids that are in one alone are what costs. */
    private static List<String> madeUp() {
        var random = new Random(20_260_701);
        return IntStream.range(0, RECORDS).mapToObj(i -> madeUp(i, random)).toList();
    }

    private static String madeUp(int i, Random random) {
        var at = Instant.ofEpochMilli(1_700_000_000_001L + i * 700L + random.nextInt(700));
        int user = skewed(3_000, random);
        var page = "5f20%04x5a110b057e%06x".formatted(skewed(20_000, random), skewed(50_000, random));
        return Stream.of(
                        "{\"_id\":\"%08x%010x%06x\"".formatted(at.getEpochSecond(), 0x5a110b057eL + i % 5, i),
                        "\"user\":\"5dd89a60%010x%06x\"".formatted(0x11debc92fdL * user, user),
                        "\"ip\":\"10.%d.%d.%d\"".formatted(user % 7, user % 200, random.nextInt(250)),
                        "\"endpoint\":\"/_api/v3/page?pageId=%s&revisionId=%016x\"".formatted(page, random.nextLong()),
                        "\"targetModel\":\"Page\",\"target\":\"%s\"".formatted(page),
                        "\"eventModel\":\"Page\",\"event\":\"%08x%016x\""
                                .formatted(random.nextInt(), random.nextLong()),
                        "\"action\":\"%s\"".formatted(ACTIONS.get(skewed(ACTIONS.size(), random))),
                        "\"snapshot\":{\"username\":\"user-%d\"}".formatted(user),
                        "\"createdAt\":\"%s\"}".formatted(at))
                .collect(Collectors.joining(","));
    }

    private static int skewed(int count, Random random) {
        return (int) (count * Math.pow(random.nextDouble(), 3));
    }
}
