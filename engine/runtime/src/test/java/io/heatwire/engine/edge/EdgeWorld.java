package io.heatwire.engine.edge;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.EdgeFacts.GroupStand;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.edge.EdgeFacts.StreamFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An edge that is looked at once a second, for tests: entries have the numbers 1, 2, 3 and so on. */
final class EdgeWorld {

    static final EdgeTimes TIMES = EdgeTimes.of(10_000, 15_000);

    private final Edge edge;
    private long nowMs = 1_000_000;
    private long added;
    private long lastMs = nowMs;
    private long delivered;
    private long pending;
    private long settled;
    private Presence presence = Presence.THERE;
    private String waiting = "";
    private FieldSample fields = FieldSample.NONE;
    private @Nullable EdgeHistory history;
    private Reported reported = Reported.nothingYet(nowMs);
    private int changes;

    EdgeWorld(Edge.Kind kind, long paceMs) {
        this.edge = new Edge(kind, "stage", "stream", paceMs);
    }

    EdgeWorld add(int entries) {
        added += entries;
        lastMs = nowMs;
        return this;
    }

    EdgeWorld deliver(int entries) {
        delivered += entries;
        pending += entries;
        return this;
    }

    EdgeWorld settle(int entries) {
        pending -= entries;
        settled += entries;
        return this;
    }

    /** Entries come, are given and settled. */
    EdgeWorld flow(int entries) {
        return add(entries).deliver(entries).settle(entries);
    }

    EdgeWorld stolen(int entries) {
        delivered += entries;
        return this;
    }

    EdgeWorld presence(Presence next) {
        presence = next;
        return this;
    }

    EdgeWorld waiting(String cause) {
        waiting = cause;
        return this;
    }

    EdgeWorld fields(long seen, long fitting) {
        fields = new FieldSample(seen, fitting, fitting == seen ? "" : "action", List.of("harvest_action"));
        return this;
    }

    EdgeWorld oldEntry(long ageMs) {
        added = 1;
        delivered = 1;
        lastMs = nowMs - ageMs;
        return this;
    }

    /** One look, a second after the last. */
    EdgeWorld look() {
        return lookAfter(1_000);
    }

    EdgeWorld lookAfter(long ms) {
        nowMs += ms;
        EdgeFacts now = presence == Presence.UNKNOWN
                ? EdgeFacts.unknown(nowMs)
                : new EdgeFacts(nowMs, presence, stream(), group(), waiting, fields);
        EdgeHistory known = history;
        EdgeHistory next = known == null ? EdgeHistory.from(now) : known.with(now);
        history = next;
        EdgeState before = reported.state();
        Judgement seen = EdgeJudge.judge(edge, now, next, TIMES);
        reported = reported.with(seen, edge.isWell(seen.state()), nowMs, TIMES);
        changes += before == reported.state() ? 0 : 1;
        return this;
    }

    EdgeWorld looks(int times) {
        for (int i = 0; i < times; i++) {
            look();
        }
        return this;
    }

    private StreamFacts stream() {
        return presence == Presence.ABSENT || added == 0
                ? StreamFacts.EMPTY
                : new StreamFacts(added, added, new EntryId(lastMs, added), Math.max(0, nowMs - lastMs));
    }

    private GroupStand group() {
        if (edge.kind() != Edge.Kind.READS || presence != Presence.THERE) {
            return GroupStand.NONE;
        }
        EntryId oldest = pending == 0 ? null : new EntryId(1, delivered - pending + 1);
        return new GroupStand(
                new EntryId(1, delivered), added - delivered, added > delivered, pending, oldest, settled);
    }

    EdgeState state() {
        return reported.state();
    }

    String why() {
        return reported.why();
    }

    long sinceMs() {
        return nowMs - reported.sinceMs();
    }

    int changes() {
        return changes;
    }

    Edge edge() {
        return edge;
    }
}
