package io.baler.job;

import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonBoolean;
import org.bson.BsonDateTime;
import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonObjectId;
import org.bson.BsonString;
import org.bson.BsonSymbol;
import org.bson.BsonTimestamp;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.types.Binary;
import org.bson.types.Decimal128;
import org.bson.types.ObjectId;
import org.bson.types.Symbol;
import org.jspecify.annotations.Nullable;
import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.Converter;
import org.springframework.core.convert.converter.GenericConverter;
import org.springframework.data.convert.ReadingConverter;
import org.springframework.data.convert.WritingConverter;
import org.springframework.data.mongodb.core.convert.MongoCustomConversions;

/** How job documents are mapped: statuses in lower case, and an {@code _id} of any BSON type exactly as it is. */
final class JobMapping {
    private JobMapping() {}

    static MongoCustomConversions conversions() {
        return new MongoCustomConversions(
                List.of(new WriteStatus(), new ReadStatus(), new WriteFormat(), new ReadFormat(), new ReadBsonValue()));
    }

    @WritingConverter
    private static final class WriteStatus implements Converter<JobStatus, String> {
        @Override
        public String convert(JobStatus status) {
            return status.value();
        }
    }

    @ReadingConverter
    private static final class ReadStatus implements Converter<String, JobStatus> {
        @Override
        public JobStatus convert(String value) {
            return JobStatus.of(value);
        }
    }

    @WritingConverter
    private static final class WriteFormat implements Converter<ArchiveFormat, String> {
        @Override
        public String convert(ArchiveFormat format) {
            return format.value();
        }
    }

    @ReadingConverter
    private static final class ReadFormat implements Converter<String, ArchiveFormat> {
        @Override
        public ArchiveFormat convert(String value) {
            return ArchiveFormat.named(value)
                    .orElseThrow(() -> new IllegalArgumentException("there is no format called " + value));
        }
    }

    /** The driver hands out Java types; their BSON types are what an {@code _id} is compared by. */
    @ReadingConverter
    private static final class ReadBsonValue implements GenericConverter {
        @Override
        public Set<ConvertiblePair> getConvertibleTypes() {
            return Set.of(
                    from(ObjectId.class),
                    from(String.class),
                    from(Integer.class),
                    from(Long.class),
                    from(Double.class),
                    from(Decimal128.class),
                    from(Boolean.class),
                    from(Date.class),
                    from(UUID.class),
                    from(Binary.class),
                    from(BsonTimestamp.class),
                    from(Symbol.class),
                    from(Document.class));
        }

        private static ConvertiblePair from(Class<?> type) {
            return new ConvertiblePair(type, BsonValue.class);
        }

        @Override
        @SuppressWarnings("JavaUtilDate") // what the driver hands out
        public @Nullable Object convert(@Nullable Object value, TypeDescriptor from, TypeDescriptor to) {
            if (value instanceof ObjectId id) {
                return new BsonObjectId(id);
            } else if (value instanceof String text) {
                return new BsonString(text);
            } else if (value instanceof Integer number) {
                return new BsonInt32(number);
            } else if (value instanceof Long number) {
                return new BsonInt64(number);
            } else if (value instanceof Double number) {
                return new BsonDouble(number);
            } else if (value instanceof Decimal128 number) {
                return new BsonDecimal128(number);
            } else if (value instanceof Boolean bool) {
                return BsonBoolean.valueOf(bool);
            } else if (value instanceof Date date) {
                return new BsonDateTime(date.getTime());
            } else if (value instanceof UUID uuid) {
                return new BsonBinary(uuid);
            } else if (value instanceof Binary binary) {
                return new BsonBinary(binary.getType(), binary.getData());
            } else if (value instanceof Symbol symbol) {
                return new BsonSymbol(symbol.getSymbol());
            } else if (value instanceof Document document) {
                return document.toBsonDocument();
            }
            return value;
        }
    }
}
