/** Measures the worker's engine: starts what it needs, runs it as a process of its own, and says what it took. */
@NullMarked
package io.baler.bench;

import org.jspecify.annotations.NullMarked;
