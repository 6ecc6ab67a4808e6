package io.heatwire.engine.edge;

import io.heatwire.contract.event.EntryId;
import org.jspecify.annotations.Nullable;

/**
 * What the broker said of an edge at one moment.
 *
 * @param atMs when, by a clock that only goes on
 * @param stream the stream; {@link StreamFacts#EMPTY} when there is none or the edge has another end
 * @param group the reader's group; {@link GroupStand#NONE} when the edge has none
 * @param waiting why the commit of the stage waits; empty when it does not
 * @param fields whether what arrives has the fields the reader needs
 */
public record EdgeFacts(
        long atMs, Presence presence, StreamFacts stream, GroupStand group, String waiting, FieldSample fields) {

    /** What is at the other end. */
    public enum Presence {
        /** Nobody knows. */
        UNKNOWN,
        /** Nothing. */
        ABSENT,
        /** The stream, but not the group. */
        WITHOUT_GROUP,
        /** All of it. */
        THERE
    }

    /**
     * A stream.
     *
     * @param added how many entries it ever took
     * @param last the last id it ever gave
     * @param lastAgeMs how old that id is by the clock of Redis, in ms
     */
    public record StreamFacts(long length, long added, EntryId last, long lastAgeMs) {

        /** No entry, ever. */
        public static final StreamFacts EMPTY = new StreamFacts(0, 0, EntryId.ZERO, 0);

        boolean hadEntries() {
            return added > 0 || !last.equals(EntryId.ZERO);
        }

        /** Whether entries came since the other look. */
        boolean isBeyond(StreamFacts then) {
            return hadEntries() && (added != then.added || !last.equals(then.last));
        }
    }

    /**
     * A consumer group.
     *
     * @param delivered the last entry it was given
     * @param unread how many it was not yet given; -1 when Redis does not know
     * @param hasUnread whether there is one it was not yet given
     * @param pending how many it was given that are not settled
     * @param oldestPending the first of them; null without any
     * @param settled a number that moves whenever entries of this group are settled by a commit
     */
    public record GroupStand(
            EntryId delivered,
            long unread,
            boolean hasUnread,
            long pending,
            @Nullable EntryId oldestPending,
            long settled) {

        /** No group. */
        public static final GroupStand NONE = new GroupStand(EntryId.ZERO, 0, false, 0, null, 0);
    }

    /** Nobody could look. */
    public static EdgeFacts unknown(long atMs) {
        return new EdgeFacts(atMs, Presence.UNKNOWN, StreamFacts.EMPTY, GroupStand.NONE, "", FieldSample.NONE);
    }
}
