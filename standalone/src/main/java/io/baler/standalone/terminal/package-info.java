/** The person or script in front: where output goes, how a command ends. */
@NullMarked
package io.baler.standalone.terminal;

import org.jspecify.annotations.NullMarked;
