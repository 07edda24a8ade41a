/** Which keys sign what is exported, so that it can be verified. */
@NullMarked
package io.baler.api.keys;

import org.jspecify.annotations.NullMarked;
