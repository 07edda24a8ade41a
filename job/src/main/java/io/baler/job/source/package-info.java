/** Where the audit logs live, and which of them an export is of. */
@NullMarked
package io.baler.job.source;

import org.jspecify.annotations.NullMarked;
