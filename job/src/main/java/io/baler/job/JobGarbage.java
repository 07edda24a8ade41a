package io.baler.job;

import java.util.List;
import org.springframework.data.mongodb.core.mapping.FieldType;
import org.springframework.data.mongodb.core.mapping.MongoId;

/** What a job, or the tombstone of one, left to sweep. */
public record JobGarbage(@MongoId(FieldType.STRING) String id, List<Garbage> garbage) {}
