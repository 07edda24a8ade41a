/** Kafka, MongoDB's wire protocol and S3 in one JVM, for trying things out and for tests. */
@NullMarked
package io.baler.local;

import org.jspecify.annotations.NullMarked;
