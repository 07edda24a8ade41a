/** The page for people with a browser; all it knows it learns by the public api. */
@NullMarked
package io.baler.api.console;

import org.jspecify.annotations.NullMarked;
