package io.heatwire.engine.watch;

import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts;
import io.heatwire.engine.edge.EdgeHistory;
import io.heatwire.engine.edge.EdgeJudge;
import io.heatwire.engine.edge.EdgeLoad;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.edge.EdgeTimes;
import io.heatwire.engine.edge.Judgement;
import io.heatwire.engine.edge.Reported;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.metrics.FlowMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.stage.Printable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the state of one edge: says each change once, and moves its meters. Looked at by one watch, read by any thread. */
final class EdgeWatch {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.edges");

    private final Edge edge;
    private final EdgeTimes times;
    private final MeterBook book;
    private @Nullable EdgeHistory history;
    private volatile Reported reported;
    private volatile boolean ended;

    EdgeWatch(Edge edge, EdgeTimes times, MeterBook book, long atMs) {
        this.edge = edge;
        this.times = times;
        this.book = book;
        this.reported = Reported.nothingYet(atMs);
    }

    Edge edge() {
        return edge;
    }

    /** Whether it watches this edge by these times. */
    boolean judges(Edge other, EdgeTimes otherTimes) {
        return edge.equals(other) && times.equals(otherTimes);
    }

    /** Another one watches the edge from here on, or nobody does: a look that is still under way moves no meters. */
    void end() {
        ended = true;
    }

    /** Takes the next look. */
    void look(EdgeFacts now) {
        EdgeHistory known = history;
        if (ended || (known == null && now.presence() == EdgeFacts.Presence.UNKNOWN)) {
            return;
        }
        EdgeHistory next = known == null ? EdgeHistory.from(now) : known.with(now);
        history = next;
        Reported before = reported;
        Judgement seen = EdgeJudge.judge(edge, now, next, times);
        Reported after = before.with(seen, edge.isWell(seen.state()), now.atMs(), times);
        reported = after;
        if (before.state() != after.state()) {
            changed(before, after, now.atMs());
        }
        book.record(FlowMeters.STATE_SECONDS, (now.atMs() - after.sinceMs()) / 1e3, edge.name());
        long lastMs = next.lastEntryMs(now.atMs());
        book.record(FlowMeters.LAST_ENTRY_SECONDS, lastMs < 0 ? -1 : lastMs / 1e3, edge.name());
    }

    private void changed(Reported before, Reported after, long atMs) {
        book.record(FlowMeters.STATE, 0, edge.name(), before.state().word());
        book.record(FlowMeters.STATE, 1, edge.name(), after.state().word());
        boolean wasWell = edge.isWell(before.state());
        if (after.state() == EdgeState.UNKNOWN || (before.state() == EdgeState.UNKNOWN && edge.isWell(after.state()))) {
            // A lost connection is said once, by the watch itself, and not for each edge.
            LOG.debug("{}: {}", edge.name(), after.state().word());
        } else if (!edge.isWell(after.state())) {
            LOG.warn("{}: {}: {}", edge.name(), after.state().word(), Printable.of(after.why()));
        } else if (!wasWell) {
            LOG.info(
                    "{}: {} again after {} s ({} before): {}",
                    edge.name(),
                    after.state().word(),
                    (atMs - before.sinceMs()) / 1000,
                    before.state().word(),
                    Printable.of(after.why()));
        } else {
            LOG.debug("{}: {}: {}", edge.name(), after.state().word(), Printable.of(after.why()));
        }
    }

    /** The state right now, which is unknown when nobody has looked since that time. */
    EdgeHealth health(long atMs, long lookedAtMs, long blindAfterMs) {
        Reported now = reported;
        EdgeHistory known = history;
        boolean isBlind = now.state() != EdgeState.UNKNOWN && atMs - lookedAtMs > blindAfterMs;
        EdgeState state = isBlind ? EdgeState.UNKNOWN : now.state();
        String why = isBlind ? "Redis was not asked for " + (atMs - lookedAtMs) / 1000 + " s" : now.why();
        long sinceMs = atMs - (isBlind ? lookedAtMs : now.sinceMs());
        return new EdgeHealth(
                edge.stage(),
                edge.from(),
                edge.to(),
                state,
                Math.max(0, sinceMs),
                why,
                edge.isWell(state),
                edge.isClosed(state),
                isBlind || known == null ? EdgeLoad.UNKNOWN : known.load(edge.kind()));
    }
}
