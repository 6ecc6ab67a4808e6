package io.heatwire.ops.trace;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamFacts;
import java.util.List;

/**
 * What a stream holds of the id.
 *
 * @param deadOf the stage whose dead letters these are; empty for a declared stream
 * @param type what the key holds
 * @param entries those with the id, the oldest first; of very many the newest and the oldest
 * @param matching how many have the id
 * @param scanned how many were looked at
 * @param isCutShort whether the limit ended the search before the window did
 */
record StreamFound(
        String name,
        String key,
        String deadOf,
        String type,
        StreamFacts facts,
        List<StreamEntry> entries,
        long matching,
        long scanned,
        boolean isCutShort) {

    /** Whether these are dead letters, which need not be there. */
    boolean isOfDead() {
        return !deadOf.isEmpty();
    }

    /** Whether entries that were appended at this time are gone: trimmed, or with the stream itself. */
    boolean isTrimmedAfter(long ms) {
        return type.equals("none")
                || (!facts.isWhole()
                        && (facts.first().equals(EntryId.ZERO) || facts.first().ms() > ms));
    }
}
