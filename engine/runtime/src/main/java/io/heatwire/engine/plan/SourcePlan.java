package io.heatwire.engine.plan;

import java.util.List;
import java.util.Map;

/** Where a stage's events come from. */
public sealed interface SourcePlan {

    /**
     * Entries of a stream through a consumer group.
     *
     * @param key the stream's key
     * @param consumer a name that stays the same across restarts, so that own pending entries are found at once
     * @param batch entries per read at most
     * @param blockMs how long one read waits for entries, in ms, at least 1
     * @param minIdleMs after how long without progress another consumer's entry is taken over, in ms
     * @param maxDeliveries deliveries after which an entry goes to the dead-letter stream unread
     * @param aliases further names of fields: alias to the name the operator uses
     * @param onGroupLost what becomes of the group when it is gone
     */
    record FromStream(
            String key,
            String group,
            String consumer,
            int batch,
            long blockMs,
            long minIdleMs,
            int maxDeliveries,
            Map<String, String> aliases,
            OnGroupLost onGroupLost)
            implements SourcePlan {

        /** A source whose group, if lost, is created again where it stood. */
        public FromStream(
                String key,
                String group,
                String consumer,
                int batch,
                long blockMs,
                long minIdleMs,
                int maxDeliveries,
                Map<String, String> aliases) {
            this(key, group, consumer, batch, blockMs, minIdleMs, maxDeliveries, aliases, OnGroupLost.RESUME);
        }

        /** The same source with another answer to the loss of its group. */
        public FromStream onGroupLost(OnGroupLost answer) {
            return new FromStream(key, group, consumer, batch, blockMs, minIdleMs, maxDeliveries, aliases, answer);
        }
    }

    /**
     * One event per item on an interval.
     *
     * @param everyMs from the end of one turn to the start of the next, in ms
     * @param field the field that holds the item
     * @param items one event for each, in this order
     */
    record OnInterval(long everyMs, String field, List<String> items) implements SourcePlan {}
}
