package io.heatwire.engine.link;

import reactor.core.publisher.Mono;

/** A connection for rare commands of the engine's own housekeeping. */
public interface ControlLink {

    /**
     * Runs any command.
     *
     * @return the reply as Long, String, or List of such (null inside a list for nil); empty for nil; fails with
     *     {@link LinkException}
     */
    Mono<Object> command(String name, String... args);

    /**
     * Removes a consumer from its group if, in this very moment, nothing is pending for it, it has been idle this long and
     * nobody has the lease of its name.
     *
     * @return whether it was removed
     */
    Mono<Boolean> removeIdleConsumer(String stream, String group, String consumer, long idleMs);

    /** Closes the connection; never fails. */
    Mono<Void> close();
}
