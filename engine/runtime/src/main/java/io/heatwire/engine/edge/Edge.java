package io.heatwire.engine.edge;

/**
 * One wire between a stage and a stream or key.
 *
 * @param stage the stage at one end
 * @param key the stream or key at the other
 * @param paceMs the longest silence that is normal, in ms; 0 when any is, or when nobody said
 */
public record Edge(Kind kind, String stage, String key, long paceMs) {

    /** Which way it goes, and what is at its other end. */
    public enum Kind {
        /** The stage reads the stream through its group. */
        READS,
        /** The stage appends to the stream. */
        WRITES,
        /** The stage looks up the newest entries of a stream. */
        LOOKS_UP_STREAM,
        /** The stage looks up a hash. */
        LOOKS_UP_HASH,
        /** The stage looks up a string, which may well not be there. */
        LOOKS_UP_VALUE
    }

    /** Where things come from. */
    public String from() {
        return kind == Kind.WRITES ? stage : key;
    }

    /** Where they go. */
    public String to() {
        return kind == Kind.WRITES ? key : stage;
    }

    /** The name of the edge in metrics and logs. */
    public String name() {
        return from() + " -> " + to();
    }

    boolean isLookUp() {
        return kind != Kind.READS && kind != Kind.WRITES;
    }

    /** Whether what comes here comes as entries, whose age is known. */
    boolean hasEntries() {
        return kind != Kind.LOOKS_UP_HASH && kind != Kind.LOOKS_UP_VALUE;
    }

    /** Whether there is a longest silence. */
    boolean hasPace() {
        return paceMs > 0;
    }

    /** Whether nobody has to do anything. What is looked up and missing is an operator's business, unless a pace says it is expected. */
    public boolean isWell(EdgeState state) {
        return state.isWell() || (state == EdgeState.ABSENT && isLookUp() && !hasPace());
    }

    /** Whether the edge keeps its stage from being ready: nothing can arrive here at all, or nobody knows whether it can. */
    public boolean isClosed(EdgeState state) {
        return !isLookUp()
                && (state == EdgeState.LOST_GROUP || state == EdgeState.ABSENT || state == EdgeState.UNKNOWN);
    }
}
