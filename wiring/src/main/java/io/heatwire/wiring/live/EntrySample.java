package io.heatwire.wiring.live;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * The newest entries of a stream: 200 at most, in pages of 20, and no further page once 4 million characters have come.
 *
 * @param entries the names of each entry's fields that are not empty
 */
record EntrySample(List<Set<String>> entries) {

    private static final int MOST = 200;
    private static final int PAGE = 20;
    private static final long MOST_CHARS = 4_000_000;

    static Mono<EntrySample> of(Probe probe, String stream) {
        List<Set<String>> entries = new ArrayList<>();
        return page(probe, stream, "+", entries, 0).thenReturn(new EntrySample(entries));
    }

    private static Mono<Void> page(Probe probe, String stream, String end, List<Set<String>> into, long chars) {
        return probe.ask("XREVRANGE", stream, end, "-", "COUNT", Integer.toString(PAGE))
                .flatMap(reply -> {
                    List<?> rows = Replies.list(reply);
                    long all = chars;
                    String last = "";
                    for (Object row : rows) {
                        List<?> parts = Replies.list(row);
                        if (parts.size() == 2) {
                            last = String.valueOf(parts.get(0));
                            all += take(parts.get(1), into);
                        }
                    }
                    boolean isOver = rows.size() < PAGE || into.size() >= MOST || all >= MOST_CHARS;
                    return isOver || last.isEmpty() ? Mono.empty() : page(probe, stream, "(" + last, into, all);
                });
    }

    private static long take(Object flat, List<Set<String>> into) {
        Set<String> names = new LinkedHashSet<>();
        long chars = 0;
        for (var field : Replies.pairs(flat).entrySet()) {
            String value = String.valueOf(field.getValue());
            chars += field.getKey().length() + value.length();
            if (!value.isEmpty()) {
                names.add(field.getKey());
            }
        }
        into.add(names);
        return chars;
    }

    int size() {
        return entries.size();
    }
}
