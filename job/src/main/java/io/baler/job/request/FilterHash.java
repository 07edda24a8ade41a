package io.baler.job.request;

import io.baler.job.ArchiveFormat;
import io.baler.job.LogFilters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Recognises equal requests: SHA-256 over the canonical filters and the format. Users count by their resolved ids,
 * so that naming somebody and giving his or her id is the same request; lists are sorted and unique; what does not
 * restrict is left out.
 */
final class FilterHash {
    private static final JsonMapper JSON = JsonMapper.shared();

    private FilterHash() {}

    /** @param users resolved ids in text form; none = every user */
    static String of(LogFilters filters, @Nullable List<String> users, ArchiveFormat format) {
        var canonical = JsonNodeFactory.instance.objectNode();
        put(
                canonical,
                "users",
                users == null ? null : users.stream().sorted().distinct().toList());
        put(canonical, "actions", filters.actions());
        if (filters.dateFrom() != null) {
            canonical.put("dateFrom", filters.dateFrom().toString());
        }
        if (filters.dateTo() != null) {
            canonical.put("dateTo", filters.dateTo().toString());
        }
        canonical.put("format", format.value());
        return sha256(JSON.writeValueAsString(canonical));
    }

    private static void put(ObjectNode canonical, String name, @Nullable List<String> values) {
        if (values != null) {
            var array = canonical.putArray(name);
            values.forEach(array::add);
        }
    }

    private static String sha256(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
