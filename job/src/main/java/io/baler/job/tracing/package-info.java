/** One trace for each export, through all services, where a collector is set. */
@NullMarked
package io.baler.job.tracing;

import org.jspecify.annotations.NullMarked;
