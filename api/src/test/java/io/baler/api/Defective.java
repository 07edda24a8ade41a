package io.baler.api;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A part of the api that does not work; found by the api's own scan. */
@RestController
final class Defective {
    static final String PATH = "/test/defective";

    @GetMapping(PATH)
    String fail() {
        throw new IllegalStateException("a secret of our insides");
    }
}
