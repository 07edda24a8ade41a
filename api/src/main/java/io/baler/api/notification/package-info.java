/** Tells people how their exports ended. */
@NullMarked
package io.baler.api.notification;

import org.jspecify.annotations.NullMarked;
