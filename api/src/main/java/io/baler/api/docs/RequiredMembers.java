package io.baler.api.docs;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Has a record's members required unless they may be null, in which case they are left out. */
final class RequiredMembers implements ModelConverter {

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"}) // the interface's
    public @Nullable Schema resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> others) {
        var schema = others.hasNext() ? others.next().resolve(type, context, others) : null;
        var java = Json.mapper().constructType(type.getType()).getRawClass();
        if (schema != null && java.isRecord()) {
            Optional.ofNullable(context.getDefinedModels().get(ModelNames.of(java)))
                    .ifPresent(model -> model.setRequired(Arrays.stream(java.getRecordComponents())
                            .filter(member -> !isNullable(member))
                            .map(RecordComponent::getName)
                            .toList()));
        }
        return schema;
    }

    private static boolean isNullable(RecordComponent member) {
        return member.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }
}
