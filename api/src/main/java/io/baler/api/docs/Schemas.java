package io.baler.api.docs;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Schemas made by hand, of OpenAPI 3.1: plain JSON Schema. */
public final class Schemas {
    private Schemas() {}

    public static Schema<Object> text() {
        return ofType("string");
    }

    /** RFC 3339, in UTC. */
    public static Schema<Object> time() {
        var schema = text();
        schema.setFormat("date-time");
        return schema;
    }

    /**
     * Bytes. OpenAPI 3.1 needs no format for them any more, but programs that are generated still go by it: without it
     * they read an archive as text.
     */
    public static Schema<Object> bytes(String mediaType) {
        var schema = text();
        schema.setFormat("binary");
        schema.setContentMediaType(mediaType);
        return schema;
    }

    public static Schema<Object> oneOf(Collection<String> values) {
        var schema = text();
        schema.setEnum(List.copyOf(values));
        return schema;
    }

    public static Schema<Object> number(long least, long most) {
        var schema = integer();
        schema.setMinimum(BigDecimal.valueOf(least));
        schema.setMaximum(BigDecimal.valueOf(most));
        return schema;
    }

    public static Schema<Object> integer() {
        return ofType("integer");
    }

    public static Schema<Object> flag() {
        return ofType("boolean");
    }

    public static Schema<Object> list(Schema<?> of) {
        var schema = ofType("array");
        schema.setItems(of);
        return schema;
    }

    /**
     * A list that means nothing by being empty: left out or null, it restricts nothing. Generated programs send an empty
     * one for a list that was not set, unless it may be null.
     */
    public static Schema<Object> selection(Schema<?> of) {
        var schema = list(of);
        schema.setMinItems(1);
        schema.addType("null");
        return schema;
    }

    public static Schema<Object> object(Map<String, Schema<?>> members, List<String> required) {
        var schema = ofType("object");
        members.forEach(schema::addProperty);
        if (!required.isEmpty()) {
            schema.setRequired(required);
        }
        return schema;
    }

    /** Another one by its name. */
    public static Schema<Object> ref(String name) {
        var schema = new Schema<>(SpecVersion.V31);
        schema.set$ref("#/components/schemas/" + name);
        return schema;
    }

    private static Schema<Object> ofType(String type) {
        var schema = new Schema<>(SpecVersion.V31);
        schema.setType(type);
        schema.addType(type);
        return schema;
    }
}
