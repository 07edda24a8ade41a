package io.baler.api;

import com.mongodb.event.CommandListener;
import com.mongodb.event.CommandStartedEvent;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.mongodb.autoconfigure.MongoClientSettingsBuilderCustomizer;
import org.springframework.context.annotation.Bean;

/** A part for a {@link Replica} that counts what it asks MongoDB; not annotated, so that no other context finds it. */
class CountedFinds {
    static final AtomicInteger FINDS = new AtomicInteger();

    @Bean
    MongoClientSettingsBuilderCustomizer counting() {
        return settings -> settings.addCommandListener(new CommandListener() {
            @Override
            public void commandStarted(CommandStartedEvent event) {
                if (event.getCommandName().equals("find")) {
                    FINDS.incrementAndGet();
                }
            }
        });
    }
}
