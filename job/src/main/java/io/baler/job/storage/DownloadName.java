package io.baler.job.storage;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a download is to be called, as RFC 6266 has it said in {@code Content-Disposition}. */
public final class DownloadName {
    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7E&&[^\"\\\\%]]*");
    private static final Pattern NOT_PLAIN = Pattern.compile("[^\\x20-\\x7E]|[\"\\\\%]");

    /** RFC 8187, attr-char. */
    private static final String UNENCODED = "!#$&+-.^_`|~";

    private DownloadName() {}

    /** With a second, encoded name only where the plain one cannot say it: old browsers read no more than that. */
    public static String attachment(String fileName) {
        var plain = "attachment; filename=\"" + NOT_PLAIN.matcher(fileName).replaceAll("_") + '"';
        return PLAIN.matcher(fileName).matches() ? plain : plain + "; filename*=UTF-8''" + encoded(fileName);
    }

    private static String encoded(String fileName) {
        var text = new StringBuilder();
        for (var octet : fileName.getBytes(StandardCharsets.UTF_8)) {
            var isPlain = isAlphanumeric(octet) || UNENCODED.indexOf(octet) >= 0;
            text.append(isPlain ? String.valueOf((char) octet) : "%%%02X".formatted(octet & 0xFF));
        }
        return text.toString();
    }

    private static boolean isAlphanumeric(byte octet) {
        return (octet >= '0' && octet <= '9') || (octet >= 'A' && octet <= 'Z') || (octet >= 'a' && octet <= 'z');
    }
}
