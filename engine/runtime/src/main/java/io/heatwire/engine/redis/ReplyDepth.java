package io.heatwire.engine.redis;

import java.util.Arrays;

/** Follows how deep a reply is nested, from the array headers and leaves as the protocol decoder reports them. */
final class ReplyDepth {

    private int[] remaining = new int[8];
    private int depth;

    /** How many arrays are open. */
    int depth() {
        return depth;
    }

    /** An array of this many elements begins; an empty one is complete at once. */
    void open(int count) {
        depth++;
        if (depth == remaining.length) {
            remaining = Arrays.copyOf(remaining, depth * 2);
        }
        remaining[depth] = count;
    }

    /** One element of the innermost array is complete; true while that completes the array itself. */
    boolean element() {
        return depth > 0 && --remaining[depth] == 0;
    }

    /** Leaves the innermost array. */
    void close() {
        depth--;
    }
}
