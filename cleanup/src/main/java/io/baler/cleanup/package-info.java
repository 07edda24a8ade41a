/** The sweeps: what has outlived its time goes, one job's failure never stopping the others. */
@NullMarked
package io.baler.cleanup;

import org.jspecify.annotations.NullMarked;
