package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row of XINFO GROUPS.
 *
 * @param lag entries not yet delivered; null when Redis does not know
 */
record GroupFacts(
        String name,
        long pending,
        EntryId lastDelivered,
        @Nullable Long lag) {

    /** Reads the rows; each is a flat list of names and values. */
    static List<GroupFacts> read(Object reply) {
        return reply instanceof List<?> rows
                ? rows.stream().map(row -> row((List<?>) row)).toList()
                : List.of();
    }

    private static GroupFacts row(List<?> flat) {
        Map<Object, @Nullable Object> columns = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            columns.put(String.valueOf(flat.get(i)), flat.get(i + 1));
        }
        return new GroupFacts(
                String.valueOf(columns.get("name")),
                columns.get("pending") instanceof Long pending ? pending : 0,
                EntryId.parse(String.valueOf(columns.get("last-delivered-id"))),
                columns.get("lag") instanceof Long lag ? lag : null);
    }
}
