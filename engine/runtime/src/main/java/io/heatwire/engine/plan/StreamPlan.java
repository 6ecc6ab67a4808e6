package io.heatwire.engine.plan;

import java.util.Set;

/**
 * A stream that stages write or read, and what happens when it grows.
 *
 * @param key the stream's key
 * @param readers groups of stages that are meant to read it, also of those that run elsewhere: nothing is trimmed that one of them
 *     has not passed, even while it does not exist yet
 */
public record StreamPlan(String key, Policy policy, Set<String> readers) {

    /** A stream with no other readers than the stages of the plan. */
    public StreamPlan(String key, Policy policy) {
        this(key, policy, Set.of());
    }

    /** What bounds a stream. */
    public sealed interface Policy {

        /**
         * Retention: each append trims to about this many entries, read or not. Writers never wait.
         *
         * @param entries about how many entries are kept
         */
        record Keep(long entries) implements Policy {}

        /**
         * Backpressure: an append to a stream of this length is refused and the writing stage waits. Entries that every group
         * has passed are trimmed away beyond {@code keepRead}.
         *
         * @param entries how many entries the stream may hold
         * @param keepRead about how many entries that everyone has read are kept
         */
        record Cap(long entries, long keepRead) implements Policy {}
    }
}
