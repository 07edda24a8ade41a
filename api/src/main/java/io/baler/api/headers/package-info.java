/** What answers tell browsers to leave alone. */
@NullMarked
package io.baler.api.headers;

import org.jspecify.annotations.NullMarked;
