/** Reads the frozen result set, in order, each record once. */
@NullMarked
package io.baler.worker.source;

import org.jspecify.annotations.NullMarked;
