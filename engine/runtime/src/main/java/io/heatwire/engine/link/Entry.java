package io.heatwire.engine.link;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * One entry as it was read.
 *
 * @param event the fields; null when there is trouble
 * @param deliveries how often Redis has delivered it, this time included
 */
public record Entry(EntryId id, @Nullable Event event, Trouble trouble, long deliveries) {

    /** What is wrong with an entry. */
    public enum Trouble {
        /** Nothing. */
        NONE,
        /** A name or value is not UTF-8. */
        UNREADABLE,
        /** Still pending, but deleted or trimmed from the stream: its fields are lost. */
        GONE
    }

    /** The same entry with this delivery count. */
    public Entry delivered(long times) {
        return new Entry(id, event, trouble, times);
    }
}
