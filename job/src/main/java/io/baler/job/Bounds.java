package io.baler.job;

import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The frozen end of the result set.
 *
 * @param lastId the largest {@code _id} that belongs; none when nothing matched
 */
public record Bounds(@Nullable BsonValue lastId) {}
