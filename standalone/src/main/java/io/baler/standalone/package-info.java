/** The command line: commands, and how they end. */
@NullMarked
package io.baler.standalone;

import org.jspecify.annotations.NullMarked;
