package io.baler.standalone.kafka;

import io.baler.job.events.DeadLetterHeaders;
import io.baler.standalone.terminal.Terminal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A message as people read it, in one line; control characters and bytes that are no text cannot harm a terminal. */
record Letter(ConsumerRecord<byte[], byte[]> message) {
    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int BYTES_SHOWN = 24;
    private static final int LONGEST = 1_000;

    /** @param whole whether a long value is shown to its end */
    String line(String prefix, boolean whole) {
        var topic = message.topic().startsWith(prefix) ? message.topic().substring(prefix.length()) : message.topic();
        var line = time() + "  " + topic + "[" + message.partition() + "]@" + message.offset() + "  " + key() + "  "
                + cut(text(message.value()), whole);
        var why = reason();
        return why.isEmpty() ? line : line + "  <- refused as " + code() + ": " + cut(why, whole);
    }

    /** As a list of refusals has it: where it lies, and why, without what it says. */
    String summary() {
        return "@" + message.offset() + "  " + time() + "  " + key() + "  " + code() + ": " + cut(reason(), false);
    }

    String key() {
        return message.key() == null ? "(no key)" : text(message.key());
    }

    /** None for messages of services before codes were told. */
    String code() {
        var code = header(DeadLetterHeaders.CODE);
        return code == null ? "unprocessable-request" : text(code);
    }

    private String reason() {
        var reason = header(DeadLetterHeaders.REASON);
        return reason == null ? "" : text(reason);
    }

    private byte @Nullable [] header(String name) {
        var header = message.headers().lastHeader(name);
        return header == null ? null : header.value();
    }

    private String time() {
        return SECONDS.format(Instant.ofEpochMilli(message.timestamp()));
    }

    private static String cut(String text, boolean whole) {
        return whole || text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "... (" + text.length() + " characters)";
    }

    private static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "(none)";
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Terminal.plain(text.toString());
        } catch (CharacterCodingException noText) {
            var shown = HexFormat.of().formatHex(bytes, 0, Math.min(bytes.length, BYTES_SHOWN));
            return "(" + bytes.length + " bytes that are no text: " + shown + (bytes.length > BYTES_SHOWN ? "..." : "")
                    + ")";
        }
    }
}
