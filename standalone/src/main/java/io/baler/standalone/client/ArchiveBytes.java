package io.baler.standalone.client;

import java.io.InputStream;

/**
 * An archive on its way.
 *
 * @param continued whether the stream begins at the offset that was asked for; otherwise at the archive's start
 */
record ArchiveBytes(InputStream stream, boolean continued) {}
