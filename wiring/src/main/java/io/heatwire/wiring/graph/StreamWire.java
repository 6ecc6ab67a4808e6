package io.heatwire.wiring.graph;

/**
 * A declared stream.
 *
 * @param external who else writes it, for people; empty when nobody does
 * @param trimsUnread whether the file says that retention may take what a stage has not read
 */
public record StreamWire(Word name, String key, Bound bound, String external, boolean trimsUnread) {

    /** What bounds the stream. */
    public sealed interface Bound {

        /** Nothing does: no stage may write it. */
        record None() implements Bound {}

        /** Retention: about this many entries are kept, read or not. */
        record Keep(long entries) implements Bound {}

        /** Backpressure: a full stream makes its writer wait. */
        record Cap(long entries, long keepRead) implements Bound {}
    }

    /** Whether a program outside this wiring writes the stream. */
    public boolean isWrittenOutside() {
        return !external.isEmpty();
    }
}
