/** The job: its document, and the one class that changes it. */
@NullMarked
package io.baler.job;

import org.jspecify.annotations.NullMarked;
