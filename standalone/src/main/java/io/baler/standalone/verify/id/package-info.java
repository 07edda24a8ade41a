/** The ids of records as archives write them, in the order that MongoDB gives them. */
@NullMarked
package io.baler.standalone.verify.id;

import org.jspecify.annotations.NullMarked;
