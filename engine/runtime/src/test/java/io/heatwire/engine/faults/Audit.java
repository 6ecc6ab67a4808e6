package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.faults.Facts.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Judges as it goes: looks at what every consumer has settled, then clears it away, so that a run of any length needs the same
 * room. An effect of what was cleared away before is a double.
 */
final class Audit {

    /** How long the feeder may take to note that Redis has accepted an entry; it may be judged before that. */
    private static final long LATEST_NOTE_MS = 120_000;

    private final Bench bench;
    private final Console redis;
    private final Map<EntryId, Integer> effects = new HashMap<>();
    private final NavigableSet<EntryId> judged = new TreeSet<>();
    private final List<String> wrong = new ArrayList<>();
    private EntryId clearedUpTo = EntryId.ZERO;
    private String lastEffect = "-";
    private long settled;
    private long doubled;
    private long missing;

    Audit(Bench bench) {
        this.bench = bench;
        this.redis = bench.console();
    }

    long settled() {
        return settled;
    }

    long doubled() {
        return doubled;
    }

    long missing() {
        return missing;
    }

    /** What was found wrong, the first few. */
    List<String> wrong() {
        return wrong;
    }

    /** First how far everything is settled, then the effects: so those of all that is settled are among them. */
    void look() {
        EntryId bound = Facts.settledBelow(redis, bench.tuning());
        takeEffects();
        NavigableMap<EntryId, String> accepted = bench.feeder().accepted().headMap(bound, false);
        Set<EntryId> noted = new HashSet<>(accepted.keySet());
        Set<EntryId> expected = new HashSet<>(noted);
        List<Row> input = Facts.entries(redis, bench.tuning().input(), "-", "(" + bound);
        input.forEach(row -> expected.add(row.id()));
        expected.removeAll(judged);
        expected.forEach(this::judge);
        clear(bound, expected);
        // What the feeder notes while this goes on stays for the next look.
        accepted.keySet().removeAll(noted);
        judged.addAll(expected);
        judged.headSet(new EntryId(bound.ms() - LATEST_NOTE_MS, 0)).clear();
    }

    private void takeEffects() {
        List<Row> rows = Facts.entries(redis, bench.tuning().output(), lastEffect, "+");
        for (Row row : rows) {
            EntryId source = EntryId.parse(row.fields().get("source"));
            if (source.compareTo(clearedUpTo) < 0) {
                doubled++;
                tell("a second effect of " + source);
            } else {
                effects.merge(source, 1, Integer::sum);
            }
            lastEffect = "(" + row.id();
        }
    }

    private void judge(EntryId id) {
        Integer times = effects.remove(id);
        settled++;
        if (times == null) {
            missing++;
            tell("no effect of " + id);
        } else if (times > 1) {
            doubled++;
            tell(times + " effects of " + id);
        }
    }

    private void clear(EntryId bound, Set<EntryId> expected) {
        redis.call("XTRIM", bench.tuning().input(), "MINID", "=", bound.toString());
        if (!lastEffect.equals("-")) {
            redis.call("XTRIM", bench.tuning().output(), "MINID", "=", lastEffect.substring(1));
        }
        List<String[]> deletions = new ArrayList<>();
        expected.forEach(id -> deletions.add(new String[] {"DEL", "copy:" + id}));
        if (!deletions.isEmpty()) {
            long copies = redis.pipeline(deletions).stream()
                    .mapToLong(deleted -> deleted instanceof Long count ? count : 0)
                    .sum();
            if (copies != expected.size()) {
                tell(expected.size() - copies + " halves of effect sets missing below " + bound);
            }
        }
        clearedUpTo = bound;
    }

    private void tell(String what) {
        if (wrong.size() < 8) {
            wrong.add(what);
        }
    }
}
