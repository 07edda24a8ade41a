/** What the command line does with the topics: no Kafka UI is needed to see what happens. */
@NullMarked
package io.baler.standalone.kafka;

import org.jspecify.annotations.NullMarked;
