package io.baler.worker.chaos;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * One stage for every suite that asks for it: servers and workers need more time to start than most exports. JUnit
 * closes it behind the last suite.
 */
final class SharedStage implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext suite) {
        return parameter.getParameter().getType() == Stage.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext suite) {
        return suite.getRoot()
                .getStore(Namespace.create(SharedStage.class))
                .computeIfAbsent(Stage.class, none -> new Stage(), Stage.class);
    }
}
