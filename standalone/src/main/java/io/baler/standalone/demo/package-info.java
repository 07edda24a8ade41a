/** The demo: one export from request to verified archive. */
@NullMarked
package io.baler.standalone.demo;

import org.jspecify.annotations.NullMarked;
