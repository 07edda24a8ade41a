/** What a person sees while they wait. */
@NullMarked
package io.baler.standalone.progress;

import org.jspecify.annotations.NullMarked;
