package io.baler.api.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Gives errors that were found before or behind Spring MVC, by filters and the container, the common form. */
// nobody calls it
@Hidden
@RestController
final class ErrorProblems implements ErrorController {

    @RequestMapping("${spring.web.error.path:/error}")
    void error(HttpServletRequest request) {
        // absent when somebody calls this path himself: there is nothing here
        var code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var known = code instanceof Integer value ? HttpStatus.resolve(value) : HttpStatus.NOT_FOUND;
        var status = known == null ? HttpStatus.INTERNAL_SERVER_ERROR : known;
        var problem = new ApiProblem(status, ApiProblem.codeOf(status), detail(status));
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String called) {
            problem.getBody().setInstance(URI.create(called));
        }
        throw problem;
    }

    private static String detail(HttpStatus status) {
        if (status.is5xxServerError()) {
            return "Something went wrong that should not have; the server's log has the details";
        }
        return status == HttpStatus.NOT_FOUND
                ? "There is nothing here"
                : "The request is not one that is answered here";
    }
}
