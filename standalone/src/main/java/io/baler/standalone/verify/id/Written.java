package io.baler.standalone.verify.id;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an {@code _id} is written: as text or a number, or as an object.
 *
 * @param text of an object the beginning
 * @param members an object's first ones by their dotted paths, such as {@code $timestamp.t}; empty otherwise
 * @param sha256 of an object; equal objects have the same
 */
record Written(
        String text, Map<String, String> members, @Nullable String sha256) {

    static Written plain(String text) {
        return new Written(text, Map.of(), null);
    }

    boolean isObject() {
        return sha256 != null;
    }

    String required(String path) {
        var member = members.get(path);
        if (member == null) {
            throw new IllegalArgumentException("it has no " + path);
        }
        return member;
    }

    @Nullable
    String member(String path) {
        return members.get(path);
    }
}
