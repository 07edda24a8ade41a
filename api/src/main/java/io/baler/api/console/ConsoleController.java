package io.baler.api.console;

import io.baler.api.console.ConsoleFiles.ConsoleFile;
import io.baler.api.problem.ApiProblem;
import io.swagger.v3.oas.annotations.Hidden;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@link ConsoleFiles} over HTTP, to everybody: there is nothing of anybody's in them. */
@Hidden
@RestController
final class ConsoleController {
    /** Everything from here and nothing inline: what a record or a name might smuggle in is not run. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private final ConsoleFiles files;

    ConsoleController(ConsoleFiles files) {
        this.files = files;
    }

    @GetMapping("/")
    ResponseEntity<byte[]> page() {
        return file("index.html");
    }

    @GetMapping("/console/{file}")
    ResponseEntity<byte[]> file(@PathVariable String file) {
        return files.find(file)
                .map(ConsoleController::answer)
                .orElseThrow(() -> new ApiProblem(HttpStatus.NOT_FOUND, "not-found", "The console has no such file"));
    }

    /** Asked for again each time, so that the parts of a new version are never mixed with an old one's. */
    private static ResponseEntity<byte[]> answer(ConsoleFile file) {
        return ResponseEntity.ok()
                .contentType(file.type())
                .eTag(file.etag())
                .cacheControl(CacheControl.noCache())
                .header("Content-Security-Policy", POLICY)
                .body(file.bytes());
    }
}
