/** The api service: REST over the job store. */
@NullMarked
package io.baler.api;

import org.jspecify.annotations.NullMarked;
