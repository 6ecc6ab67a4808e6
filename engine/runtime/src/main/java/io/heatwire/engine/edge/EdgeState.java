package io.heatwire.engine.edge;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What is to be said of an edge. It is always exactly one of these. */
public enum EdgeState {
    /** Entries arrive and are taken; of a key: it is there and can be read. */
    FLOWING,
    /** Nothing arrives, which is normal for this long; all that is there is taken. */
    IDLE,
    /** Nothing has arrived for longer than the wiring says is normal. */
    DORMANT,
    /** There are entries, and this reader is given none. */
    STARVED,
    /** Redis refuses what the stage commits, for now: its output is full, memory is, or the like. */
    BLOCKED,
    /** Entries were given and none of them is settled. */
    STALLED,
    /** The stream is there, the consumer group is not. */
    LOST_GROUP,
    /** What arrives has not the fields the reader needs. */
    MISMATCH,
    /** The stream or key is not there. */
    ABSENT,
    /** Not looked at yet, or Redis does not answer. */
    UNKNOWN;

    /** The word for it in metrics and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All the words. */
    public static List<String> words() {
        return Arrays.stream(values()).map(EdgeState::word).toList();
    }

    /** Whether nothing is wrong. */
    boolean isWell() {
        return this == FLOWING || this == IDLE;
    }
}
