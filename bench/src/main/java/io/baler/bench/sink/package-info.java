/** A server that speaks as much of S3's protocol as an export needs, and keeps nothing of what it takes. */
@NullMarked
package io.baler.bench.sink;

import org.jspecify.annotations.NullMarked;
