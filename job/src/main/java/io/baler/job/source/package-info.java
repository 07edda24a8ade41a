/** Where the audit logs live. */
@NullMarked
package io.baler.job.source;

import org.jspecify.annotations.NullMarked;
