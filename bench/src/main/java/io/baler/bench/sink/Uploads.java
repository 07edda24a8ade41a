package io.baler.bench.sink;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** How large each part and each object is: all that is known of what was dropped. */
final class Uploads {
    private final Map<String, Map<Integer, Long>> uploads = new ConcurrentHashMap<>();
    private final Map<String, Long> objects = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    String begin() {
        var id = "upload-" + last.incrementAndGet();
        uploads.put(id, new ConcurrentHashMap<>());
        return id;
    }

    /** Whether there is such an upload. */
    boolean add(String id, int part, long size) {
        var parts = uploads.get(id);
        if (parts == null) {
            return false;
        }
        parts.put(part, size);
        return true;
    }

    /** Whether there was such an upload. */
    boolean complete(String id, String path) {
        var parts = uploads.remove(id);
        if (parts == null) {
            return false;
        }
        objects.put(path, parts.values().stream().mapToLong(Long::longValue).sum());
        return true;
    }

    void abort(String id) {
        uploads.remove(id);
    }

    void put(String path, long size) {
        objects.put(path, size);
    }

    void delete(String path) {
        objects.remove(path);
    }

    /** Its size; none if there is no such object. */
    @Nullable
    Long find(String path) {
        return objects.get(Objects.requireNonNull(path));
    }
}
