/** Whether an archive is, to the last byte, what a worker has signed: checked without a server. */
@NullMarked
package io.baler.standalone.verify;

import org.jspecify.annotations.NullMarked;
