package io.heatwire.wiring.graph;

/**
 * A declared stream.
 *
 * @param keyWord its key, with the place where it was written
 * @param ends who writes and who reads it, as far as the file says
 * @param trimsUnread whether the file says that retention may take what a stage has not read
 * @param isShared whether several stages append to it on purpose
 * @param isLoop whether it closes a cycle on purpose
 */
public record StreamWire(
        Word name, Word keyWord, Bound bound, Ends ends, boolean trimsUnread, boolean isShared, boolean isLoop) {

    /** What bounds the stream. */
    public sealed interface Bound {

        /** Nothing does: no stage may write it. */
        record None() implements Bound {}

        /** Retention: about this many entries are kept, read or not. */
        record Keep(long entries) implements Bound {}

        /** Backpressure: a full stream makes its writer wait. */
        record Cap(long entries, long keepRead) implements Bound {}
    }

    /** Its key. */
    public String key() {
        return keyWord.text();
    }
}
