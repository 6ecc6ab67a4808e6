package io.heatwire.ops.demo;

import io.heatwire.ops.demo.report.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what was added to a stream since the last time. */
final class StreamTail {

    private static final int PAGE = 1_000;

    private final RedisCommands redis;
    private final String stream;
    private String from = "-";

    StreamTail(RedisCommands redis, String stream) {
        this.redis = redis;
        this.stream = stream;
    }

    List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        List<?> page;
        do {
            page = redis.list("XRANGE", stream, from, "+", "COUNT", Integer.toString(PAGE));
            for (Object raw : page) {
                entries.add(entry((List<?>) raw));
            }
        } while (page.size() == PAGE);
        return entries;
    }

    private Entry entry(List<?> raw) {
        String id = String.valueOf(raw.get(0));
        from = "(" + id;
        return new Entry(Long.parseLong(id.substring(0, id.indexOf('-'))), fields((List<?>) raw.get(1)));
    }

    static Map<String, String> fields(List<?> flat) {
        Map<String, String> fields = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return fields;
    }
}
