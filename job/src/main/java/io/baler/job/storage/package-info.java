/** The bucket that the archives live in: the only package that knows keys and uploads. */
@NullMarked
package io.baler.job.storage;

import org.jspecify.annotations.NullMarked;
