package io.heatwire.ops.demo.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The figures of the chain as its streams and keys tell them, gathered while it runs so that retention does not hide anything.
 * All times are stamps of Redis, so no second clock is involved.
 */
public final class ChainFigures {

    private static final int REMEMBERED = 20_000;
    private static final String CLOSE_POINT = "reconcile_close_consume";
    private static final String LATE_POINT = "publish_plan_post";

    private final Map<String, Long> planMs = remembering();
    private final Map<String, Long> closeMs = remembering();
    private final Map<String, Long> levels = new TreeMap<>();
    private final Map<String, Observation> observations = new TreeMap<>();
    private final Deque<Decided> awaitedKeys = new ArrayDeque<>();
    private final Spread publishToDecision = new Spread();
    private final Spread publishToKey = new Spread();
    private final Spread publishToSeen = new Spread();
    private long plans;
    private long decisions;
    private long keys;

    /** Takes new plans, oldest first. */
    public void onPlans(List<Entry> entries) {
        entries.forEach(entry -> planMs.put(entry.field("plan_id"), entry.ms()));
        plans += entries.size();
    }

    /** Takes a request to close, so that the wait of its observation can be told. */
    public void onClose(String planId, long ms) {
        closeMs.put(planId, ms);
    }

    /** Takes new decisions; their plans must have been taken before. */
    public void onDecisions(List<Entry> entries) {
        for (Entry entry : entries) {
            String planId = entry.field("plan_id");
            decisions++;
            levels.merge(entry.field("heat_level"), 1L, Long::sum);
            since(planMs, planId, entry.ms(), publishToDecision);
            awaitedKeys.add(new Decided(planId, entry.ms()));
        }
    }

    /** Takes new observations; their plans must have been taken before. */
    public void onObserved(List<Entry> entries) {
        for (Entry entry : entries) {
            String point = entry.field("obs_point");
            Observation observation = observations.computeIfAbsent(point, name -> new Observation());
            observation.add(entry);
            Map<String, Long> from = point.equals(CLOSE_POINT) ? closeMs : planMs;
            Long start = from.get(entry.field("plan_id"));
            if (start != null) {
                observation.waited(entry.ms() - start);
            }
            if (point.equals(LATE_POINT) && entry.field("heat_found").equals("1")) {
                since(planMs, entry.field("plan_id"), entry.ms(), publishToSeen);
            }
        }
    }

    /**
     * Looks for the keys that decisions should have led to. A key counts for a decision when it was written after it: an older one
     * is that of an earlier decision on the same plan, and the look is repeated the next time.
     *
     * @param writtenMs when the key of a plan was written, in ms; negative when there is none
     */
    public void lookForKeys(ToLongFunction<String> writtenMs) {
        awaitedKeys.removeIf(decision -> {
            long written = writtenMs.applyAsLong(decision.planId());
            boolean isThere = written >= decision.ms();
            if (isThere) {
                keys++;
                since(planMs, decision.planId(), written, publishToKey);
            }
            return isThere;
        });
    }

    long plans() {
        return plans;
    }

    long decisions() {
        return decisions;
    }

    long keys() {
        return keys;
    }

    long level(String level) {
        return levels.getOrDefault(level, 0L);
    }

    Map<String, Observation> observations() {
        return observations;
    }

    Spread publishToDecision() {
        return publishToDecision;
    }

    Spread publishToKey() {
        return publishToKey;
    }

    Spread publishToSeen() {
        return publishToSeen;
    }

    /** One line while the chain works. */
    public String progress() {
        Observation late = observations.getOrDefault(LATE_POINT, new Observation());
        return "plans %d   decisions %d (cold %d, warm %d, hot %d, unknown %d)   late coverage %s"
                .formatted(
                        plans,
                        decisions,
                        level("cold"),
                        level("warm"),
                        level("hot"),
                        level("unknown"),
                        late.all() == 0 ? "-" : "%.1f %% of %d".formatted(late.coverage(), late.all()));
    }

    private static void since(Map<String, Long> starts, String planId, long ms, Spread into) {
        Long start = starts.get(planId);
        if (start != null) {
            into.add(ms - start);
        }
    }

    private static Map<String, Long> remembering() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
                return size() > REMEMBERED;
            }
        };
    }

    private record Decided(String planId, long ms) {}
}
