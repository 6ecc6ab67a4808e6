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
    private final long sinceMs;
    private int failures;

    Waiting(Entry entry, LookUp.Hash key, boolean wasInterrupted, long nowMs) {
        this.entry = entry;
        this.key = key;
        this.wasInterrupted = wasInterrupted;
        this.sinceMs = nowMs;
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

    /** How old the event is, in ms: by its own id, but never younger than its wait, since an id may lie in the future. */
    long ageMs(long nowMs) {
        return Math.max(nowMs - entry.id().ms(), nowMs - sinceMs);
    }

    /** Notes a failed look; how many there were. */
    int failedAgain() {
        return ++failures;
    }
}
