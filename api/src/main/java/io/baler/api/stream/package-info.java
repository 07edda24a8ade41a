/** Server-sent events: how they get to clients, and nothing of what they say. */
@NullMarked
package io.baler.api.stream;

import org.jspecify.annotations.NullMarked;
