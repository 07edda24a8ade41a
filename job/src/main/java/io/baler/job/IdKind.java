package io.baler.job;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bson.BsonType;

/**
 * The kinds of {@code _id} that MongoDB compares with one another, in its sort order. Null, MinKey and MaxKey, which are
 * no ids but mistakes, have none, nor have the types that MongoDB refuses as an {@code _id}.
 *
 * @see <a href="https://www.mongodb.com/docs/manual/reference/bson-type-comparison-order/">comparison order</a>
 */
public enum IdKind {
    NUMBER(BsonType.INT32, BsonType.INT64, BsonType.DOUBLE, BsonType.DECIMAL128),
    STRING(BsonType.STRING, BsonType.SYMBOL),
    DOCUMENT(BsonType.DOCUMENT),
    BINARY(BsonType.BINARY),
    OBJECT_ID(BsonType.OBJECT_ID),
    BOOLEAN(BsonType.BOOLEAN),
    DATE(BsonType.DATE_TIME),
    TIMESTAMP(BsonType.TIMESTAMP);

    @SuppressWarnings("ImmutableEnumChecker") // nobody changes it
    private static final Map<BsonType, IdKind> BY_TYPE = new EnumMap<>(BsonType.class);

    static {
        for (var kind : values()) {
            kind.types.forEach(type -> BY_TYPE.put(type, kind));
        }
    }

    @SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable
    private final Set<BsonType> types;

    IdKind(BsonType... types) {
        this.types = Set.of(types);
    }

    /** The BSON types that compare as this kind. */
    public Set<BsonType> types() {
        return types;
    }

    /** None for a type that no record's place in the order can have. */
    public static Optional<IdKind> of(BsonType type) {
        return Optional.ofNullable(BY_TYPE.get(type));
    }

    /** As manifests and jobs name it. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that {@link #value} names.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static IdKind of(String value) {
        return Arrays.stream(values())
                .filter(kind -> kind.value().equals(value))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no kind of _id called " + value));
    }
}
