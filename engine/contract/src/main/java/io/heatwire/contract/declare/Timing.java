package io.heatwire.contract.declare;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What a setting times, so that times that cannot fit together are found before anything runs.
 *
 * @param span the kind of time
 * @param port the port it is about
 * @param guarded for {@link Span#GUARD}: the output ports that are not written again while the guard stands; else empty
 * @param unit the unit of the setting's number
 */
public record Timing(Span span, String port, List<String> guarded, TimeUnit unit) {

    /** Kinds of times. */
    public enum Span {
        /** How long a key lives after it was written. */
        LIFE,
        /** How long a guard's marker stands. */
        GUARD,
        /** How long an event waits for a key at most. */
        WAIT,
        /** The time between two looks at a key that is waited for. */
        POLL,
        /** The age beyond which what is looked up no longer counts. */
        AGE
    }

    /** How long the key at an output port lives. */
    public static Timing life(String port, TimeUnit unit) {
        return new Timing(Span.LIFE, port, List.of(), unit);
    }

    /** How long the marker at a port stands and keeps these output ports from being written again. */
    public static Timing guard(String port, TimeUnit unit, String... guarded) {
        return new Timing(Span.GUARD, port, List.of(guarded), unit);
    }

    /** How long an event waits for the key at a port at most. */
    public static Timing longestWait(String port, TimeUnit unit) {
        return new Timing(Span.WAIT, port, List.of(), unit);
    }

    /** The time between two looks at the key at a port. */
    public static Timing poll(String port, TimeUnit unit) {
        return new Timing(Span.POLL, port, List.of(), unit);
    }

    /** The age beyond which what is found at a port no longer counts. */
    public static Timing largestAge(String port, TimeUnit unit) {
        return new Timing(Span.AGE, port, List.of(), unit);
    }
}
