package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;

/** The stage halts before this entry: what is in front of it is committed, and nothing behind it is. */
final class HaltedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient EntryId id;
    private final String reason;

    HaltedException(EntryId id, String reason) {
        super("halted at " + id + ": " + reason, null, false, false);
        this.id = id;
        this.reason = reason;
    }

    EntryId id() {
        return id;
    }

    /** As a dead letter would carry it. */
    String reason() {
        return reason;
    }
}
