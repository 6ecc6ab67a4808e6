package io.heatwire.ops.trace;

import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.look.PendingFacts;
import io.heatwire.ops.look.StreamEntry;
import java.util.Optional;

/**
 * Where a stage stands with an entry of its input.
 *
 * @param group empty when the stream has no such group
 * @param pending who holds the entry; empty when nobody does
 * @param letter the dead letter about the entry; empty when there is none
 */
record Stand(
        String stage,
        String stream,
        String groupName,
        StreamEntry entry,
        Optional<GroupFacts> group,
        Optional<PendingFacts> pending,
        Optional<StreamEntry> letter) {

    boolean isGiven() {
        return group.isPresent() && group.get().delivered().compareTo(entry.id()) >= 0;
    }

    /** Whether it was given to the stage and settled. */
    boolean isPast() {
        return isGiven() && pending.isEmpty();
    }
}
