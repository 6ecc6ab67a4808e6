package io.heatwire.ops.verify;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamFacts;
import io.heatwire.ops.proof.RemovedObservations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * What a stream of observations holds, of each point from the moment on that its engine counts.
 *
 * @param counts how many of each kind, with those that proofs have taken out since
 * @param removedByProof how many of them these are
 * @param mayBeMissing how many entries at most were trimmed away or deleted since; 0 when the stream reaches back far enough
 * @param complete the points of whose moment on the stream is there in any case
 */
record StreamCount(Map<Observed, Long> counts, long removedByProof, long mayBeMissing, Set<String> complete) {

    private static final int PAGE = 500;

    /** Counts the entries that came since. */
    static StreamCount since(DeadDesk desk, String key, Since since, int atMost) {
        BrokerView view = new BrokerView(desk);
        StreamFacts facts = view.stream(key).orElse(StreamFacts.NONE);
        EntryId oldest = since.oldest();
        Map<Observed, Long> counts = new HashMap<>();
        long scanned = 0;
        if (facts.length() > 0) {
            String newest = "+";
            int size = PAGE;
            while (size == PAGE && scanned < atMost) {
                List<StreamEntry> page = view.newestFirst(key, newest, oldest, PAGE);
                page.stream()
                        .filter(entry ->
                                entry.id().compareTo(since.oldest(kind(entry).point())) >= 0)
                        .forEach(entry -> counts.merge(kind(entry), 1L, Long::sum));
                size = page.size();
                scanned += size;
                newest = size == 0 ? newest : "(" + page.get(size - 1).id();
            }
        }
        Map<String, String> removed = notes(desk, key);
        long removedSince = 0;
        for (Map.Entry<String, String> each : removed.entrySet()) {
            String[] parts = RemovedObservations.parts(each.getValue());
            if (parts.length > 0 && EntryId.parse(each.getKey()).compareTo(since.oldest(parts[0])) >= 0) {
                counts.merge(new Observed(parts[0], parts[1], parts[2]), 1L, Long::sum);
                removedSince++;
            }
        }
        boolean reachesBack = reaches(facts, oldest) && scanned < atMost;
        long mayBeMissing = reachesBack ? 0 : Removal.of(desk, key).trimmedSince(oldest, facts.length(), removed);
        boolean isWhole = scanned < atMost;
        Set<String> complete = since.byPoint().keySet().stream()
                .filter(point -> isWhole && reaches(facts, since.oldest(point)))
                .collect(Collectors.toUnmodifiableSet());
        return new StreamCount(Map.copyOf(counts), removedSince, isWhole ? mayBeMissing : Long.MAX_VALUE, complete);
    }

    private static boolean reaches(StreamFacts facts, EntryId oldest) {
        return facts.first().compareTo(EntryId.ZERO) > 0 && facts.first().compareTo(oldest) < 0;
    }

    /** How many entries of a point may have been trimmed away. */
    long mayBeMissing(String point) {
        return complete.contains(point) ? 0 : mayBeMissing;
    }

    /**
     * What Redis knows of entries that are gone.
     *
     * @param added how many the stream was ever given
     * @param deleted the newest that was deleted by its id; trimming does not count
     */
    private record Removal(long added, EntryId deleted) {

        static Removal of(DeadDesk desk, String key) {
            long added = 0;
            EntryId deleted = EntryId.ZERO;
            if (new BrokerView(desk).type(key).equals("stream")) {
                List<?> info = (List<?>)
                        desk.await(desk.link().command("XINFO", "STREAM", key)).orElse(List.of());
                for (int i = 0; i + 1 < info.size(); i += 2) {
                    if ("entries-added".equals(info.get(i)) && info.get(i + 1) instanceof Long number) {
                        added = number;
                    } else if ("max-deleted-entry-id".equals(info.get(i))) {
                        deleted = EntryId.parse(String.valueOf(info.get(i + 1)));
                    }
                }
            }
            return new Removal(added, deleted);
        }

        /** How many were trimmed away at most; none when somebody deleted entries since, which no trimming explains. */
        long trimmedSince(EntryId oldest, long length, Map<String, String> removedByProof) {
            boolean isDeletedByOthers =
                    deleted.compareTo(oldest) >= 0 && !removedByProof.containsKey(deleted.toString());
            return isDeletedByOthers ? 0 : Math.max(0, added - length - removedByProof.size());
        }
    }

    private static Observed kind(StreamEntry entry) {
        return new Observed(
                entry.text("obs_point").orElse(""),
                entry.text("heat_found").orElse(""),
                entry.text("heat_reason").orElse(""));
    }

    private static Map<String, String> notes(DeadDesk desk, String key) {
        List<?> flat = (List<?>) desk.await(desk.link().command("HGETALL", RemovedObservations.key(key)))
                .orElse(List.of());
        Map<String, String> notes = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            notes.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return notes;
    }

    /** Sums by one aspect of the kinds. */
    Map<String, Long> by(Function<Observed, String> aspect) {
        ToLongFunction<Map.Entry<Observed, Long>> count = Map.Entry::getValue;
        return counts.entrySet().stream()
                .collect(Collectors.groupingBy(
                        each -> aspect.apply(each.getKey()), TreeMap::new, Collectors.summingLong(count)));
    }
}
