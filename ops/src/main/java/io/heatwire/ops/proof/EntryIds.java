package io.heatwire.ops.proof;

import io.heatwire.contract.event.EntryId;

/** Ids that no entry has. */
final class EntryIds {

    /** No entry comes after it. */
    static final EntryId HIGHEST = new EntryId(-1, -1);

    private EntryIds() {}
}
