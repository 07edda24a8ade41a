/** What a worker takes from its system, where the system has it: libraries that are faster than what Java has. */
@NullMarked
package io.baler.worker.system;

import org.jspecify.annotations.NullMarked;
