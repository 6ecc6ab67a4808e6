package io.heatwire.engine.edge;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.edge.EdgeFacts.StreamFacts;

/**
 * What the looks so far come to. Times are those of {@link EdgeFacts#atMs}.
 *
 * @param then the last look that saw anything
 * @param wasThere whether the stream or key was ever seen
 * @param silentSinceMs when the last entry came
 * @param unsettledSinceMs since when entries are pending without one being settled; the last look's time when that is not so
 * @param unfedSinceMs since when there is something to read and nothing of it is settled; the last look's time when that is not so
 * @param fedUpTo what the group had been given when an entry was last settled
 */
public record EdgeHistory(
        EdgeFacts then,
        boolean wasThere,
        long silentSinceMs,
        long unsettledSinceMs,
        long unfedSinceMs,
        EntryId fedUpTo) {

    /** Between looks further apart anything may have happened: a process that was stopped must not blame its edges for it. */
    private static final long GAP_MS = 5_000;

    /** The history that begins with this look. */
    public static EdgeHistory from(EdgeFacts first) {
        StreamFacts stream = first.stream();
        long silentSince = stream.hadEntries() ? first.atMs() - stream.lastAgeMs() : first.atMs();
        return new EdgeHistory(
                first,
                isThere(first),
                silentSince,
                first.atMs(),
                first.atMs(),
                first.group().delivered());
    }

    /** The history with one more look. */
    public EdgeHistory with(EdgeFacts now) {
        if (now.presence() == Presence.UNKNOWN || now.atMs() - then.atMs() > GAP_MS) {
            return afterGap(now);
        }
        boolean isSettled = now.group().settled() != then.group().settled();
        EntryId fed = isSettled ? now.group().delivered() : fedUpTo;
        boolean isOwed = now.group().hasUnread() || !now.group().delivered().equals(fed);
        return new EdgeHistory(
                now,
                wasThere || isThere(now),
                silentSince(now),
                isSettled || now.group().pending() == 0 ? now.atMs() : unsettledSinceMs,
                isSettled || !isOwed ? now.atMs() : unfedSinceMs,
                fed);
    }

    /** Who could not be watched gets his full time again. */
    private EdgeHistory afterGap(EdgeFacts now) {
        boolean isBlind = now.presence() == Presence.UNKNOWN;
        EdgeFacts last = isBlind
                ? new EdgeFacts(now.atMs(), then.presence(), then.stream(), then.group(), then.waiting(), then.fields())
                : now;
        return new EdgeHistory(
                last,
                wasThere || isThere(now),
                isBlind ? silentSinceMs : silentSince(now),
                now.atMs(),
                now.atMs(),
                isBlind ? fedUpTo : now.group().delivered());
    }

    private long silentSince(EdgeFacts now) {
        StreamFacts stream = now.stream();
        boolean isFirstSight = !then.stream().hadEntries() && !wasThere;
        if (!stream.isBeyond(then.stream())) {
            return silentSinceMs;
        }
        long age = isFirstSight ? stream.lastAgeMs() : Math.min(stream.lastAgeMs(), now.atMs() - then.atMs());
        return Math.max(silentSinceMs, now.atMs() - age);
    }

    private static boolean isThere(EdgeFacts facts) {
        return facts.presence() == Presence.THERE || facts.presence() == Presence.WITHOUT_GROUP;
    }

    /** For how long nothing has come, in ms. */
    long silentMs(long atMs) {
        return Math.max(0, atMs - silentSinceMs);
    }

    /** How much goes over an edge of this kind, by the last look. */
    public EdgeLoad load(Edge.Kind kind) {
        boolean hasStream = kind != Edge.Kind.LOOKS_UP_HASH && kind != Edge.Kind.LOOKS_UP_VALUE && isThere(then);
        boolean hasGroup = kind == Edge.Kind.READS && then.presence() == Presence.THERE;
        return new EdgeLoad(
                hasStream ? then.stream().added() : -1,
                hasGroup ? then.group().unread() : -1,
                hasGroup ? then.group().pending() : -1);
    }

    /** The age of the last entry at the last look, in ms; -1 when there never was one. */
    public long lastEntryMs(long atMs) {
        return then.stream().hadEntries() ? silentMs(atMs) : -1;
    }
}
