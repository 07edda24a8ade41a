/** The process that is measured: the worker's engine and nothing else. */
@NullMarked
package io.baler.bench.exporter;

import org.jspecify.annotations.NullMarked;
