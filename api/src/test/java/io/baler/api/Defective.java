package io.baler.api;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A part of the api that does not work; found by the api's own scan. */
@Hidden
@RestController
final class Defective {
    static final String PATH = "/test/defective";
    static final String HALF = "/test/half";

    @GetMapping(PATH)
    String fail() {
        throw new IllegalStateException("a secret of our insides");
    }

    /** Breaks off in the middle of what it has promised, but before any of it has left the server. */
    @GetMapping(HALF)
    ResponseEntity<InputStreamResource> half() {
        return ResponseEntity.ok()
                .eTag("\"of the whole\"")
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .contentLength(100)
                .body(new InputStreamResource(
                        new SequenceInputStream(new ByteArrayInputStream(new byte[50]), new BrokenStream())));
    }

    private static final class BrokenStream extends InputStream {
        @Override
        public int read() throws IOException {
            throw new IOException("broken off");
        }
    }
}
