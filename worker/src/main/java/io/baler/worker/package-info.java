/** The worker: claims exports and makes their archives. */
@NullMarked
package io.baler.worker;

import org.jspecify.annotations.NullMarked;
