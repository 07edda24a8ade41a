/** What is done with exports is itself written down for auditors. */
@NullMarked
package io.baler.job.audit;

import org.jspecify.annotations.NullMarked;
