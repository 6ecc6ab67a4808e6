package io.heatwire.ops.look;

import io.heatwire.contract.event.EntryId;

/**
 * What the broker says of a stream.
 *
 * @param last the last id it ever gave
 * @param first the id of the oldest entry it still holds; zero when it holds none
 * @param isWhole whether it holds every entry that was ever appended
 */
public record StreamFacts(long length, EntryId first, EntryId last, boolean isWhole) {

    /** What is said of a stream that is not there. */
    public static final StreamFacts NONE = new StreamFacts(0, EntryId.ZERO, EntryId.ZERO, false);
}
