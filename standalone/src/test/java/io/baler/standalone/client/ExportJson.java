package io.baler.standalone.client;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Exports as the server writes them. */
public final class ExportJson {

    public static final String ID = "6592a1b0c0ffee0000000001";

    private ExportJson() {}

    public static String export(String status, long exported, String more) {
        return """
                {"id": "%s", "status": "%s", "requestedBy": "admin", "format": "json", "filters": {},
                 "createdAt": "2026-07-01T10:20:30Z", "progress": {"exported": %d, "expected": 4}%s}
                """.formatted(ID, status, exported, more);
    }

    public static String export(String status, long exported) {
        return export(status, exported, "");
    }

    public static String completed(byte[] archive) {
        return export("completed", 4, """
                , "archive": {"fileName": "audit-logs-abc.zip", "size": %d, "sha256": "%s",
                  "expiresAt": "2026-07-04T10:20:30Z"}
                """.formatted(archive.length, sha256(archive)));
    }

    /** One whose archive is of another format. */
    public static String completed(byte[] archive, String format) {
        return completed(archive)
                .replace("\"format\": \"json\"", "\"format\": \"" + format + "\"")
                .replace("audit-logs-abc.zip", "audit-logs-abc." + format);
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
