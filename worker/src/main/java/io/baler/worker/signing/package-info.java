/** The key that signs manifests. */
@NullMarked
package io.baler.worker.signing;

import org.jspecify.annotations.NullMarked;
