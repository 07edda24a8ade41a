/** Records as JSON: raw BSON in, UTF-8 bytes out, one rule for every type. */
@NullMarked
package io.baler.worker.encode;

import org.jspecify.annotations.NullMarked;
