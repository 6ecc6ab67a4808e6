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
    private int failures;

    Waiting(Entry entry, LookUp.Hash key, boolean wasInterrupted) {
        this.entry = entry;
        this.key = key;
        this.wasInterrupted = wasInterrupted;
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

    /** Notes a failed look; how many there were. */
    int failedAgain() {
        return ++failures;
    }
}
