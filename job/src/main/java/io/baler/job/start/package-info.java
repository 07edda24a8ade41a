/** How a service starts, and how it says in one line why it cannot. */
@NullMarked
package io.baler.job.start;

import org.jspecify.annotations.NullMarked;
