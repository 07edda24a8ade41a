package io.baler.api.auth;

import java.time.Instant;
import java.util.List;
import org.springframework.data.annotation.Id;
import org.springframework.data.mongodb.core.mapping.Document;

/**
 * Somebody who has presented a token and comes back with a cookie. Neither of the two is in it.
 *
 * @param id a digest of the cookie's value: whoever reads the database cannot be anybody by it
 * @param name of the caller
 * @param rights as security names them
 * @param expiresAt not behind the token's end
 */
@Document("webSessions")
record WebSession(@Id String id, String name, List<String> rights, Instant expiresAt) {}
