/** All of Baler in one JVM, and the directory that outlives it. */
@NullMarked
package io.baler.standalone.stack;

import org.jspecify.annotations.NullMarked;
