/** Sample logs: the same ones every time. */
@NullMarked
package io.baler.standalone.sample;

import org.jspecify.annotations.NullMarked;
