/** The archive: records in, parts of a ZIP out, the same bytes however often it was interrupted. */
@NullMarked
package io.baler.worker.archive;

import org.jspecify.annotations.NullMarked;
