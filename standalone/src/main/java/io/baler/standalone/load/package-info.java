/** Import: logs from files into MongoDB, exactly as they are. */
@NullMarked
package io.baler.standalone.load;

import org.jspecify.annotations.NullMarked;
