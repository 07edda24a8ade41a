package io.baler.api.docs;

import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.jackson.TypeNameResolver;
import java.util.Set;

/**
 * Names of schemas: a nested class bears its surroundings' too, since several may have an archive. That an answer stands
 * in a controller is nothing for those who read it.
 */
final class ModelNames extends TypeNameResolver {

    @Override
    protected String nameForClass(Class<?> type, Set<Options> options) {
        return of(type);
    }

    @Override
    public String nameForType(JavaType type, Options... options) {
        return type.hasGenericTypes() ? super.nameForType(type, options) : of(type.getRawClass());
    }

    static String of(Class<?> type) {
        var outer = type.getEnclosingClass();
        return ((outer == null ? "" : of(outer)) + type.getSimpleName()).replaceFirst("Controller$", "");
    }
}
