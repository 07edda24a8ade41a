/** What each stage of an export costs by itself, measured with JMH: {@code ./mvnw -Pjmh -pl bench -am -DskipTests verify}. */
@NullMarked
package io.baler.bench.micro;

import org.jspecify.annotations.NullMarked;
