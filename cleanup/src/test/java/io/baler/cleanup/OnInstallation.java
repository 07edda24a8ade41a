package io.baler.cleanup;

import io.baler.local.LocalStack;
import io.baler.local.LocalStackSettings;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Hands tests an {@link Installation} and the stack that it runs on; both are closed behind the last test. */
final class OnInstallation implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        return type == Installation.class || type == LocalStack.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
        var type = parameter.getParameter().getType();
        var store = test.getRoot().getStore(Namespace.create(OnInstallation.class));
        var stack = store.computeIfAbsent(LocalStack.class, key -> start(), LocalStack.class);
        return type == LocalStack.class
                ? stack
                : store.computeIfAbsent(
                        Installation.class, key -> new Installation(stack, "baler"), Installation.class);
    }

    private static LocalStack start() {
        var stack = LocalStack.start(LocalStackSettings.temporary());
        stack.s3().createBucket("exports");
        return stack;
    }
}
