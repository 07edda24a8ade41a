/** How jobs find a worker: by Kafka's bell, or by looking into MongoDB. */
@NullMarked
package io.baler.worker.dispatch;

import org.jspecify.annotations.NullMarked;
