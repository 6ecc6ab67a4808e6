package io.heatwire.engine.edge;

import io.heatwire.engine.edge.Edge.Kind;
import io.heatwire.engine.edge.EdgeFacts.GroupStand;

/**
 * Finds the one state of an edge. What lies nearest to the cause goes before what follows from it: a stage whose output is full
 * settles nothing either, but it is blocked, not stalled.
 */
public final class EdgeJudge {

    private EdgeJudge() {}

    /**
     * The state right now, before anybody asks whether it lasts.
     *
     * @param history the looks up to and with this one
     */
    public static Judgement judge(Edge edge, EdgeFacts now, EdgeHistory history, EdgeTimes times) {
        return switch (now.presence()) {
            case UNKNOWN -> new Judgement(EdgeState.UNKNOWN, "Redis did not say");
            case ABSENT -> absent(edge, now, history);
            case WITHOUT_GROUP ->
                new Judgement(EdgeState.LOST_GROUP, edge.key() + " is there, the consumer group of this stage is not");
            case THERE -> there(edge, now, history, times);
        };
    }

    private static Judgement absent(Edge edge, EdgeFacts now, EdgeHistory history) {
        if (edge.kind() == Kind.WRITES && !history.wasThere()) {
            return new Judgement(EdgeState.IDLE, "nothing written yet; the first append creates the stream");
        }
        if (edge.kind() == Kind.LOOKS_UP_VALUE && !edge.hasPace()) {
            return new Judgement(EdgeState.IDLE, "not set");
        }
        if (edge.isLookUp() && edge.hasPace() && !history.wasThere() && history.silentMs(now.atMs()) <= edge.paceMs()) {
            return new Judgement(EdgeState.IDLE, "not there yet; it may take " + seconds(edge.paceMs()));
        }
        return new Judgement(EdgeState.ABSENT, edge.key() + (history.wasThere() ? " is gone" : " is not there"));
    }

    private static Judgement there(Edge edge, EdgeFacts now, EdgeHistory history, EdgeTimes times) {
        GroupStand group = now.group();
        long unsettledMs = now.atMs() - history.unsettledSinceMs();
        long unfedMs = now.atMs() - history.unfedSinceMs();
        if (!now.waiting().isEmpty()) {
            return new Judgement(EdgeState.BLOCKED, "Redis refuses for now: " + now.waiting());
        }
        if (group.pending() > 0 && unsettledMs >= times.stalledMs()) {
            return new Judgement(
                    EdgeState.STALLED,
                    group.pending() + " entries are pending, the first is " + group.oldestPending()
                            + ", and none was settled for " + seconds(unsettledMs));
        }
        if (group.pending() == 0 && unfedMs >= times.starvedMs()) {
            return new Judgement(EdgeState.STARVED, starved(group, unfedMs));
        }
        if (edge.hasEntries() && edge.hasPace() && history.silentMs(now.atMs()) > edge.paceMs()) {
            return new Judgement(EdgeState.DORMANT, dormant(edge, now, history));
        }
        if (now.fields().isUnfit()) {
            return new Judgement(EdgeState.MISMATCH, mismatch(edge, now.fields()));
        }
        return alive(edge, now, history, times);
    }

    private static String starved(GroupStand group, long unfedMs) {
        return group.hasUnread()
                ? (group.unread() < 0 ? "there are entries" : group.unread() + " entries are there")
                        + " to read, the group was given none for " + seconds(unfedMs) + " and stands at "
                        + group.delivered()
                : "the group was given entries up to " + group.delivered()
                        + ", and no commit of Heatwire settled any for " + seconds(unfedMs)
                        + ": another program reads this group, or somebody set it forward";
    }

    private static String dormant(Edge edge, EdgeFacts now, EdgeHistory history) {
        String since = now.stream().hadEntries()
                ? "the last entry came " + seconds(history.silentMs(now.atMs())) + " ago"
                : "no entry ever, for " + seconds(history.silentMs(now.atMs()));
        return since + ", and " + seconds(edge.paceMs()) + " is the longest silence that is normal";
    }

    private static String mismatch(Edge edge, FieldSample fields) {
        if (edge.kind() == Kind.LOOKS_UP_HASH) {
            return fields.missing();
        }
        return "none of the newest " + fields.seen() + " entries has what is needed; the newest lacks "
                + fields.missing()
                + (fields.there().isEmpty() ? "" : " and has " + String.join(", ", fields.there()));
    }

    private static Judgement alive(Edge edge, EdgeFacts now, EdgeHistory history, EdgeTimes times) {
        if (edge.kind() == Kind.LOOKS_UP_HASH || edge.kind() == Kind.LOOKS_UP_VALUE) {
            return new Judgement(EdgeState.FLOWING, "there");
        }
        long silentMs = history.silentMs(now.atMs());
        boolean isFlowing = now.stream().hadEntries() && silentMs <= times.arrivingMs();
        String why = now.stream().hadEntries() ? "the last entry came " + seconds(silentMs) + " ago" : "no entry yet";
        return new Judgement(isFlowing ? EdgeState.FLOWING : EdgeState.IDLE, why);
    }

    private static String seconds(long ms) {
        return ms / 1000 + " s";
    }
}
