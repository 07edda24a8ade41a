package io.baler.api.docs;

import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The document at {@code /v3/api-docs}: springdoc finds the calls, {@link CallDocs} say what they are. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {
    private static final String BEARER = "bearer";

    @Bean
    OpenAPI openApi() {
        return new OpenAPI()
                .info(new Info().title("Baler").version("v1").description("Bulk export of audit logs"))
                // wherever the document was found: a proxy's address is not known here
                .servers(List.of(new Server().url("/")))
                .components(new Components()
                        .addSecuritySchemes(
                                BEARER,
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")))
                .addSecurityItem(new SecurityRequirement().addList(BEARER));
    }

    @Bean
    OpenApiCustomizer describedCalls(ObjectProvider<CallDocs> docs) {
        return document -> {
            document.getComponents().setSchemas(null);
            document.getComponents().addSchemas("Problem", ProblemSchema.schema());
            docs.orderedStream()
                    .forEach(feature -> feature.calls().forEach(call -> describe(document, feature.tag(), call)));
        };
    }

    /** What is described but not there stays away: the document never promises more than there is. */
    private static void describe(OpenAPI document, String tag, CallDoc call) {
        var path = document.getPaths().get(call.path());
        var method = PathItem.HttpMethod.valueOf(call.method().name());
        if (path != null && path.readOperationsMap().containsKey(method)) {
            path.operation(method, call.operation(tag));
            call.bodies().forEach(document.getComponents()::addSchemas);
            call.models().forEach(model -> addSchema(document, model));
        }
    }

    private static void addSchema(OpenAPI document, Class<?> model) {
        var converters = new ModelConverters(true);
        converters.addConverter(new ModelResolver(Json31.mapper(), new ModelNames()).openapi31(true));
        converters.addConverter(new RequiredMembers());
        converters.readAll(new AnnotatedType(model)).forEach(document.getComponents()::addSchemas);
    }
}
