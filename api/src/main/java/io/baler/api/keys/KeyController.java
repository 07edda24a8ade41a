package io.baler.api.keys;

import io.baler.job.evidence.PublishedKeys;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@link PublishedKeys} over HTTP. */
@RestController
final class KeyController {
    private final PublishedKeys keys;

    KeyController(PublishedKeys keys) {
        this.keys = keys;
    }

    /** All that have ever signed here, the oldest first: old archives are verified with old keys. */
    @GetMapping(path = "/api/v1/keys", produces = MediaType.APPLICATION_JSON_VALUE)
    KeyList list() {
        return new KeyList(keys.all().stream().map(KeyList.Key::of).toList());
    }
}
