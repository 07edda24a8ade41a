/** The REST API as a client sees it: request, follow, control, download. */
@NullMarked
package io.baler.standalone.client;

import org.jspecify.annotations.NullMarked;
