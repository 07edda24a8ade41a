/** What an archive can be: how records become files, how files are compressed, and how they follow each other. */
@NullMarked
package io.baler.worker.format;

import org.jspecify.annotations.NullMarked;
