package io.heatwire.engine.link;

import io.heatwire.contract.event.EntryId;

/**
 * How the opening of a link found the consumer group, and what it did about it.
 *
 * @param at where the group stands now
 * @param again entries that had been delivered before and come again, at most; {@link #MANY} for more than could be counted
 * @param skipped entries that will never be delivered, since the plan says so, at most
 * @param lost entries that had been delivered, were not settled, and are no longer in the stream
 * @param trimmed entries that were trimmed or deleted while the group was gone and had never been delivered, at least
 */
public record GroupFound(State state, EntryId at, long again, long skipped, long lost, long trimmed) {

    /** More entries than are worth counting. */
    public static final long MANY = -1;

    /** For a stage that reads no stream. */
    public static final GroupFound NOTHING_TO_FIND = new GroupFound(State.THERE, EntryId.ZERO, 0, 0, 0, 0);

    /** What had become of the group. */
    public enum State {
        /** There, as it should be. */
        THERE,
        /** There, but set back: acknowledged entries come again. */
        REWOUND,
        /** Gone or never there, without a saved offset: created at the beginning of the stream. */
        FIRST,
        /** Gone; created again where it stood. */
        RESUMED,
        /** Gone, and the stream with it, or in its place is another one: created at the beginning of that. */
        ANOTHER_STREAM,
        /** Gone; created again at the beginning, as planned. */
        FROM_THE_START,
        /** Gone; created again at the end, as planned. */
        FROM_THE_END
    }
}
