package io.baler.api;

import static io.baler.api.ApiServer.EXPORTS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

@ExtendWith(OnApiServer.class)
class AuthenticationTest {
    private final ApiServer api;

    AuthenticationTest(ApiServer api) {
        this.api = api;
    }

    @TestFactory
    Stream<DynamicTest> nothingIsMappedThatAnswersWithoutAToken() {
        return api.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
                .flatMap(this::calls)
                .map(call -> DynamicTest.dynamicTest(
                        String.join(" ", call),
                        () -> api.send(api.anonymousCall(call.get(1)).method(call.get(0), BodyPublishers.noBody()))
                                .isProblem(401, "unauthorized")));
    }

    private Stream<List<String>> calls(RequestMappingInfo mapping) {
        var methods = mapping.getMethodsCondition().getMethods().stream()
                .map(Enum::name)
                .toList();
        return mapping.getPatternValues().stream()
                .map(pattern ->
                        pattern.replace("{id}", "0123456789abcdef01234567").replaceAll("[{}*]", "x"))
                .flatMap(path -> (methods.isEmpty() ? List.of("GET", "POST") : methods)
                        .stream().map(method -> List.of(method, path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/nothing",
                "/api/v1",
                "/api/v1/exports/",
                "/index.html",
                "/actuator",
                "/actuator/health",
                "/actuator/env"
            })
    void whatIsNotThereIsNotToldWithoutAToken(String path) {
        api.send(api.anonymousCall(path)).isProblem(401, "unauthorized");
        api.get(path);
    }

    @Test
    void withoutATokenTheAnswerAsksForOne() {
        var answer = api.send(api.anonymousCall(EXPORTS)).isProblem(401, "unauthorized");

        assertThat(answer.header("www-authenticate")).isEqualTo("Bearer realm=\"baler\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer wrong",
                "Bearer ",
                "Bearer " + ApiServer.TOKEN + "x",
                "Bearer " + ApiServer.TOKEN + " " + ApiServer.TOKEN,
                "bearer wrong"
            })
    void aWrongTokenIsRefused(String authorization) {
        var answer = new NothingStarted(api)
                .by(() -> api.send(api.anonymousCall(EXPORTS)
                        .header("Authorization", authorization)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"filters\":{}}"))));

        answer.isProblem(401, "unauthorized");
        assertThat(answer.header("www-authenticate")).startsWith("Bearer ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YWRtaW46YWRtaW4=", "Token " + ApiServer.TOKEN, ApiServer.TOKEN})
    void anotherSchemeIsNoAuthentication(String authorization) {
        api.send(api.anonymousCall(EXPORTS).header("Authorization", authorization))
                .isProblem(401, "unauthorized");
        api.send(api.anonymousCall(EXPORTS + "?access_token=" + ApiServer.TOKEN))
                .isProblem(401, "unauthorized");
    }

    @Test
    void theSchemesCaseDoesNotMatter() {
        api.send(api.anonymousCall(EXPORTS).header("Authorization", "bearer " + ApiServer.TOKEN))
                .is(200);
    }

    @Test
    void noSessionIsKept() {
        var answer = api.get(EXPORTS).is(200);

        assertThat(answer.header("set-cookie")).isEmpty();
    }
}
