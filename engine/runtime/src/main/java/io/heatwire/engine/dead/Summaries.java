package io.heatwire.engine.dead;

import io.heatwire.contract.event.EntryId;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Counts what was scanned. */
final class Summaries {

    private Summaries() {}

    static DeadSummary of(long nowMs, long letters, EntryId oldest, List<LetterHead> newestFirst) {
        if (newestFirst.isEmpty()) {
            return new DeadSummary(letters, 0, 0, 0, Map.of());
        }
        Map<String, Long> counted =
                newestFirst.stream().collect(Collectors.groupingBy(LetterHead::word, Collectors.counting()));
        Map<String, Long> reasons = new LinkedHashMap<>();
        counted.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(reason -> reasons.put(reason.getKey(), reason.getValue()));
        return new DeadSummary(
                letters, age(nowMs, oldest), age(nowMs, newestFirst.get(0).id()), newestFirst.size(), reasons);
    }

    private static long age(long nowMs, EntryId id) {
        return Math.max(0, nowMs - id.ms());
    }
}
