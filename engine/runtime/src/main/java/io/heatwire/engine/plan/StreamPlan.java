package io.heatwire.engine.plan;

/**
 * A stream that stages write, and what happens when it grows.
 *
 * @param key the stream's key
 */
public record StreamPlan(String key, Policy policy) {

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
