/** How much, and how often, somebody may ask. */
@NullMarked
package io.baler.api.limit;

import org.jspecify.annotations.NullMarked;
