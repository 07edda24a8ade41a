package io.baler.standalone;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What stands behind {@code --}: properties for the services, as Spring Boot takes them. */
final class SpringProperties {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec command;

    @Parameters(
            paramLabel = "-- --PROPERTY=VALUE",
            arity = "0..*",
            description = "Spring properties for the services, behind two dashes.")
    private List<String> properties = new ArrayList<>();

    /** Names and values, in Spring's notation. */
    List<String> asArguments() {
        for (var property : properties) {
            if (!property.matches("(?s)--[^=\\s]+=.*")) {
                throw new ParameterException(
                        command.commandLine(),
                        "\"" + property + "\" is not expected here; Spring properties are given as -- --name=value");
            }
        }
        return List.copyOf(properties);
    }
}
