package io.heatwire.contract.effect;

import io.heatwire.contract.declare.Output;
import java.util.List;

/** One change to Redis, through a declared {@link Output}. */
public sealed interface Effect {

    /** The declared output. */
    Output output();

    /**
     * Appends an entry.
     *
     * @param values one for each declared field, in their order
     * @param more further names and values in turn; only for an open output
     */
    record Append(Output.ToStream output, List<String> values, List<String> more) implements Effect {}

    /**
     * Writes a hash and its TTL.
     *
     * @param ttlMs time to live in ms; 0 keeps the key for ever
     * @param values one for each declared field, in their order
     * @param more further names and values in turn; only for an open output
     * @param order the number that {@code newestBy} compares; ignored without it
     */
    record PutHash(Output.ToHash output, String key, long ttlMs, List<String> values, List<String> more, long order)
            implements Effect {}

    /**
     * Writes a string value and its TTL.
     *
     * @param ttlMs time to live in ms; 0 keeps the key for ever
     */
    record PutValue(Output.ToValue output, String key, long ttlMs, String value) implements Effect {}

    /** Deletes a key. */
    record Delete(Output.ToNothing output, String key) implements Effect {}

    /**
     * Counts fields of a hash up, and sets its TTL. Applied only with the acknowledgement of the entry, so redelivery counts nothing
     * twice. A field that holds no whole number, or one of more than 18 digits, makes the entry a dead letter before anything is
     * written.
     *
     * @param ttlMs time to live from now on, in ms; 0 keeps the key for ever
     * @param amounts one for each declared field, in their order, each at most {@link #LARGEST_INCREMENT} either way
     */
    record Increment(Output.ToCounters output, String key, long ttlMs, List<Long> amounts) implements Effect {}

    /** The largest amount that may be added at once: so that no counter overflows between two looks at it. */
    long LARGEST_INCREMENT = 1_000_000_000_000_000L;

    /** Appends exactly the declared fields. */
    static Effect append(Output.ToStream output, List<String> values) {
        return new Append(output, values, List.of());
    }

    /** Writes exactly the declared fields, unordered. */
    static Effect putHash(Output.ToHash output, String key, long ttlMs, List<String> values) {
        return new PutHash(output, key, ttlMs, values, List.of(), 0);
    }
}
