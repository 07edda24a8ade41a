/** How the api says no: one form for every error, whoever finds it. */
@NullMarked
package io.baler.api.problem;

import org.jspecify.annotations.NullMarked;
