package io.heatwire.ops.demo;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Redis, one command at a time. */
@FunctionalInterface
interface RedisCommands {

    /** How long the demo waits for a reply before it takes Redis for gone. */
    Duration PATIENCE = Duration.ofSeconds(5);

    /** The reply as Long, String or List; empty for none. */
    Mono<Object> command(String name, String... args);

    /** Waits for a reply. */
    default @Nullable Object ask(String name, String... args) {
        return command(name, args).block(PATIENCE);
    }

    /** Waits for a whole number; 0 for any other reply. */
    default long number(String name, String... args) {
        return ask(name, args) instanceof Long number ? number : 0;
    }

    /** Waits for a list; empty for any other reply. */
    default List<?> list(String name, String... args) {
        return ask(name, args) instanceof List<?> list ? list : List.of();
    }
}
