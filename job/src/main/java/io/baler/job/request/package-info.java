/** What may be asked for: one reading and one judgement of a request, whoever brings it. */
@NullMarked
package io.baler.job.request;

import org.jspecify.annotations.NullMarked;
