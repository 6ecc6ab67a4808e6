package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What Redis holds: the only witness. All by the id of the input entry.
 *
 * @param input number by id, of what is in the input stream
 * @param effects appended entries in their order
 * @param copies number in the hash of each source
 * @param dead reason by id
 */
record Facts(
        NavigableMap<EntryId, String> input,
        List<Applied> effects,
        Map<EntryId, String> copies,
        Map<EntryId, List<String>> dead,
        long pending) {

    /** One entry of the output stream. */
    record Applied(EntryId source, String n) {}

    private static final int PAGE = 1000;

    static Facts of(Console redis, Tuning tuning) {
        NavigableMap<EntryId, String> input = new TreeMap<>();
        entries(redis, tuning.input()).forEach(entry -> input.put(entry.id, entry.fields.getOrDefault("n", "")));
        List<Applied> effects = new ArrayList<>();
        entries(redis, tuning.output())
                .forEach(entry -> effects.add(
                        new Applied(EntryId.parse(entry.fields.get("source")), entry.fields.getOrDefault("n", ""))));
        Map<EntryId, List<String>> dead = new HashMap<>();
        entries(redis, tuning.dead())
                .forEach(entry -> dead.computeIfAbsent(
                                EntryId.parse(entry.fields.get("heatwire_source_id")), id -> new ArrayList<>())
                        .add(entry.fields.getOrDefault("heatwire_reason", "")));
        return new Facts(input, effects, copies(redis), dead, pending(redis, tuning));
    }

    /** Entries pending in the group; -1 when there is no such group. */
    static long pending(Console redis, Tuning tuning) {
        Map<String, Object> group = group(redis, tuning);
        return group.get("pending") instanceof Long pending ? pending : -1;
    }

    /** Whether everything in the stream was delivered and settled. */
    static boolean isDrained(Console redis, Tuning tuning) {
        Map<String, Object> group = group(redis, tuning);
        if (!Long.valueOf(0).equals(group.get("pending"))) {
            return false;
        }
        List<?> last = (List<?>) redis.call("XREVRANGE", tuning.input(), "+", "-", "COUNT", "1");
        return last.isEmpty()
                || EntryId.parse((String) ((List<?>) last.get(0)).get(0))
                                .compareTo(EntryId.parse((String) group.get("last-delivered-id")))
                        <= 0;
    }

    /** Every entry below this id has been delivered and settled. */
    static EntryId settledBelow(Console redis, Tuning tuning) {
        Object delivered = group(redis, tuning).get("last-delivered-id");
        List<?> pending = (List<?>) redis.call("XPENDING", tuning.input(), Tuning.GROUP);
        if (pending.get(1) != null) {
            return EntryId.parse((String) pending.get(1));
        }
        EntryId last = EntryId.parse((String) delivered);
        return new EntryId(last.ms(), last.seq() + 1);
    }

    private static Map<String, Object> group(Console redis, Tuning tuning) {
        try {
            for (Object row : (List<?>) redis.call("XINFO", "GROUPS", tuning.input())) {
                Map<String, Object> columns = columns((List<?>) row);
                if (Tuning.GROUP.equals(columns.get("name"))) {
                    return columns;
                }
            }
        } catch (RedisSocket.Refused noStream) {
            // Neither stream nor group.
        }
        return Map.of();
    }

    static Map<String, Object> columns(List<?> flat) {
        Map<String, Object> columns = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            columns.put(String.valueOf(flat.get(i)), flat.get(i + 1));
        }
        return columns;
    }

    /** An entry of a stream. */
    record Row(EntryId id, Map<String, String> fields) {}

    private static List<Row> entries(Console redis, String stream) {
        return entries(redis, stream, "-", "+");
    }

    static List<Row> entries(Console redis, String stream, String first, String last) {
        List<Row> rows = new ArrayList<>();
        String from = first;
        while (true) {
            List<?> page;
            try {
                page = (List<?>) redis.call("XRANGE", stream, from, last, "COUNT", Integer.toString(PAGE));
            } catch (RedisSocket.Refused noStream) {
                return rows;
            }
            for (Object each : page) {
                List<?> entry = (List<?>) each;
                Map<String, String> fields = new HashMap<>();
                columns((List<?>) entry.get(1)).forEach((name, value) -> fields.put(name, String.valueOf(value)));
                rows.add(new Row(EntryId.parse((String) entry.get(0)), fields));
            }
            if (page.size() < PAGE) {
                return rows;
            }
            from = "(" + ((List<?>) page.get(page.size() - 1)).get(0);
        }
    }

    private static Map<EntryId, String> copies(Console redis) {
        Map<EntryId, String> copies = new HashMap<>();
        String cursor = "0";
        do {
            List<?> reply = (List<?>) redis.call("SCAN", cursor, "MATCH", "copy:*", "COUNT", "1000");
            cursor = (String) reply.get(0);
            List<String> keys =
                    ((List<?>) reply.get(1)).stream().map(String::valueOf).toList();
            if (!keys.isEmpty()) {
                List<Object> numbers = redis.pipeline(keys.stream()
                        .map(key -> new String[] {"HGET", key, "n"})
                        .toList());
                for (int i = 0; i < keys.size(); i++) {
                    copies.put(EntryId.parse(keys.get(i).substring("copy:".length())), String.valueOf(numbers.get(i)));
                }
            }
        } while (!cursor.equals("0"));
        return copies;
    }
}
