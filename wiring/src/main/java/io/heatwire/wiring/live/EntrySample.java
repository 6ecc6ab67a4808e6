package io.heatwire.wiring.live;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** The newest entries of a stream: 200 at most, in pages of 20, and no further page once 4 million characters have come. */
record EntrySample(List<Names> entries) {

    /**
     * The fields of one entry.
     *
     * @param filled those that are not empty
     */
    record Names(Set<String> all, Set<String> filled) {}

    private static final int MOST = 200;
    private static final int PAGE = 20;
    private static final long MOST_CHARS = 4_000_000;

    static Mono<EntrySample> of(Probe probe, String stream) {
        List<Names> entries = new ArrayList<>();
        return page(probe, stream, "+", entries, 0).thenReturn(new EntrySample(entries));
    }

    private static Mono<Void> page(Probe probe, String stream, String end, List<Names> into, long chars) {
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

    private static long take(Object flat, List<Names> into) {
        Names names = new Names(new LinkedHashSet<>(), new LinkedHashSet<>());
        long chars = 0;
        for (var field : Replies.pairs(flat).entrySet()) {
            String value = String.valueOf(field.getValue());
            chars += field.getKey().length() + value.length();
            names.all().add(field.getKey());
            if (!value.isEmpty()) {
                names.filled().add(field.getKey());
            }
        }
        into.add(names);
        return chars;
    }

    int size() {
        return entries.size();
    }

    /** All fields that any entry has a value in. */
    Set<String> everywhere() {
        return entries.stream()
                .map(Names::filled)
                .flatMap(Collection::stream)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
