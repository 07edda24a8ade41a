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
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
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
        return mappings()
                .flatMap(AuthenticationTest::calls)
                .filter(call -> !isOfTheConsole(call))
                .map(call -> DynamicTest.dynamicTest(String.join(" ", call), () -> {
                    var answer = api.send(api.anonymousCall(call.get(1)).method(call.get(0), BodyPublishers.noBody()));
                    if (call.get(0).equals("HEAD")) {
                        answer.is(401);
                    } else {
                        answer.isProblem(401, "unauthorized");
                    }
                }));
    }

    private static boolean isOfTheConsole(List<String> call) {
        return call.get(0).equals("GET")
                && (call.get(1).equals("/") || call.get(1).startsWith("/console/"));
    }

    @Test
    void everybodyIsShownTheConsolesFilesAndNothingElseOfIt() {
        var page = api.send(api.anonymousCall("/")).is(200);

        assertThat(page.text()).startsWith("<!doctype html>");
        assertThat(page.header("content-security-policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        assertThat(page.header("set-cookie")).isEmpty();
        assertThat(api.send(api.anonymousCall("/console/app.js")).is(200).header("content-type"))
                .isEqualTo("text/javascript;charset=UTF-8");
        for (var path : List.of("/console/ConsoleController.class", "/console/x.js", "/console/%2e%2e")) {
            assertThat(api.send(api.anonymousCall(path)).status()).as(path).isIn(400, 401, 404);
        }
        api.send(api.anonymousCall("/console/a/app.js")).is(401);
        api.send(api.anonymousCall("/console/app.js").POST(BodyPublishers.noBody()))
                .is(401);
    }

    @Test
    void noMappingIsLeftOutByTheWalk() {
        assertThat(mappings().flatMap(mapping -> mapping.getPatternValues().stream()))
                .contains("/error", EXPORTS, EXPORTS + "/{id}/archive", "/api/v1/keys", "/api/v1/notifications");
        // what answers is mapped by methods alone: no files, no functions, no views
        assertThat(api.context().getBeansOfType(HandlerMapping.class).values())
                .allMatch(AuthenticationTest::isWalkedOrEmpty);
    }

    private static boolean isWalkedOrEmpty(HandlerMapping mapping) {
        if (mapping instanceof AbstractUrlHandlerMapping urls) {
            // the welcome page's has none but would have a root handler
            return urls.getHandlerMap().isEmpty() && urls.getRootHandler() == null && urls.getDefaultHandler() == null;
        }
        if (mapping instanceof RouterFunctionMapping functions) {
            return functions.getRouterFunction() == null;
        }
        return mapping instanceof RequestMappingInfoHandlerMapping;
    }

    private Stream<RequestMappingInfo> mappings() {
        return api.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream());
    }

    /** By each method that is mapped, or by all if none is named. */
    private static Stream<List<String>> calls(RequestMappingInfo mapping) {
        var named = mapping.getMethodsCondition().getMethods().stream()
                .flatMap(method -> method == RequestMethod.GET ? Stream.of("GET", "HEAD") : Stream.of(method.name()))
                .toList();
        var methods = named.isEmpty() ? List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") : named;
        return mapping.getPatternValues().stream()
                .map(pattern ->
                        pattern.replace("{id}", "0123456789abcdef01234567").replaceAll("[{}*]", "x"))
                .flatMap(path -> methods.stream().map(method -> List.of(method, path)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/nothing",
                "/console",
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
