/** What Kafka carries: the topics, their messages, and who publishes them. */
@NullMarked
package io.baler.job.events;

import org.jspecify.annotations.NullMarked;
