/** Exports over HTTP: request, follow, control, download. */
@NullMarked
package io.baler.api.export;

import org.jspecify.annotations.NullMarked;
