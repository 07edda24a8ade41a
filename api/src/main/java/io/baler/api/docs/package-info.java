/** What the api says of itself, as OpenAPI. Each feature describes its own calls: see {@link CallDocs}. */
@NullMarked
package io.baler.api.docs;

import org.jspecify.annotations.NullMarked;
