package io.heatwire.engine.stage;

import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Entry;
import org.jspecify.annotations.Nullable;

/** An event in one of the places of the late poller. Touched on the stage's worker only. */
final class Waiting {

    private final Entry entry;
    private final LookUp.Hash key;
    private final boolean wasInterrupted;
    private final long ageAtFirstMs;
    private final long sinceMs;
    private int failures;

    Waiting(Entry entry, LookUp.Hash key, boolean wasInterrupted, long nowMs, long steadyMs) {
        this.entry = entry;
        this.key = key;
        this.wasInterrupted = wasInterrupted;
        this.ageAtFirstMs = Math.max(0, nowMs - entry.id().ms());
        this.sinceMs = steadyMs;
    }

    Entry entry() {
        return entry;
    }

    @Nullable
    Event event() {
        return entry.event();
    }

    LookUp.Hash key() {
        return key;
    }

    /** Whether the connection was lost while it waited. */
    boolean wasInterrupted() {
        return wasInterrupted;
    }

    /**
     * How old the event is, in ms: by its own id when it came, though an id may lie in the future, and from then on by a clock
     * that nobody sets.
     */
    long ageMs(long steadyMs) {
        return ageAtFirstMs + steadyMs - sinceMs;
    }

    /** Notes a failed look; how many there were. */
    int failedAgain() {
        return ++failures;
    }
}
