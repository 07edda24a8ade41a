/** Who calls: the only package that knows how callers prove it. */
@NullMarked
package io.baler.api.auth;

import org.jspecify.annotations.NullMarked;
