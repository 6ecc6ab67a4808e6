package io.heatwire.wiring.live;

import java.util.Map;

/**
 * A consumer group that is there.
 *
 * @param lag entries not yet given; -1 when Redis does not know
 */
record GroupRow(String name, long pending, long lag) {

    static GroupRow read(Object row) {
        Map<String, Object> facts = Replies.pairs(row);
        Object lag = facts.getOrDefault("lag", "");
        return new GroupRow(
                String.valueOf(facts.getOrDefault("name", "")),
                Replies.number(facts.getOrDefault("pending", 0L)),
                lag instanceof Long number ? number : -1);
    }
}
