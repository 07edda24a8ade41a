/** What lets an auditor trust an archive without trusting whoever keeps it: manifests and the keys that sign them. */
@NullMarked
package io.baler.job.evidence;

import org.jspecify.annotations.NullMarked;
