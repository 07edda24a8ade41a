/** One export under one claim: from the checkpoint to the finished archive. */
@NullMarked
package io.baler.worker.engine;

import org.jspecify.annotations.NullMarked;
