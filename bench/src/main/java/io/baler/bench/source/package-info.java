/** A server that speaks as much of MongoDB's protocol as an export needs, and serves made-up logs as fast as memory. */
@NullMarked
package io.baler.bench.source;

import org.jspecify.annotations.NullMarked;
