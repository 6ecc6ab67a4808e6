package io.heatwire.ops.state;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What would change from one wiring to another, in words. */
public final class FactsChange {

    private static final String STAGE = "stage.";

    private final SortedMap<String, String> running;
    private final SortedMap<String, String> next;

    private FactsChange(SortedMap<String, String> running, SortedMap<String, String> next) {
        this.running = running;
        this.next = next;
    }

    /** A line for each stage, with its differences indented below, then what is not a stage's own. */
    public static List<String> lines(SortedMap<String, String> running, SortedMap<String, String> next) {
        return new FactsChange(running, next).lines();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        boolean hasNewRedis = !part(running, "redis.").equals(part(next, "redis."));
        SortedSet<String> stages = stages(running);
        stages.addAll(stages(next));
        for (String stage : stages) {
            String prefix = STAGE + stage + ".";
            boolean isGone = part(next, prefix).isEmpty();
            boolean isNew = part(running, prefix).isEmpty();
            List<String> differences = isGone || isNew ? List.of() : differences(prefix);
            lines.add(stage + ": " + word(isGone, isNew, hasNewRedis || !differences.isEmpty()));
            lines.addAll(differences);
        }
        for (String part : List.of("redis.", "engine.", "stream.", "http.")) {
            List<String> differences = differences(part);
            if (!differences.isEmpty()) {
                lines.add(part.substring(0, part.length() - 1) + ": changes");
                lines.addAll(differences);
            }
        }
        return lines;
    }

    private static String word(boolean isGone, boolean isNew, boolean hasChanged) {
        if (isGone) {
            return "drained and removed";
        }
        if (isNew) {
            return "started";
        }
        return hasChanged ? "drained and started again" : "untouched";
    }

    private List<String> differences(String prefix) {
        SortedMap<String, String> before = part(running, prefix);
        SortedMap<String, String> after = part(next, prefix);
        SortedSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream()
                .filter(name -> !before.getOrDefault(name, "").equals(after.getOrDefault(name, "")))
                .map(name -> "    " + name + ": " + shown(before.get(name)) + " -> " + shown(after.get(name)))
                .toList();
    }

    private static String shown(@Nullable String value) {
        return value == null || value.isEmpty() ? "(none)" : value;
    }

    private static SortedMap<String, String> part(SortedMap<String, String> facts, String prefix) {
        SortedMap<String, String> part = new TreeMap<>();
        for (Map.Entry<String, String> fact : facts.tailMap(prefix).entrySet()) {
            if (!fact.getKey().startsWith(prefix)) {
                break;
            }
            part.put(fact.getKey().substring(prefix.length()), fact.getValue());
        }
        return part;
    }

    private static SortedSet<String> stages(SortedMap<String, String> facts) {
        SortedSet<String> stages = new TreeSet<>();
        part(facts, STAGE).keySet().forEach(name -> stages.add(name.substring(0, name.indexOf('.'))));
        return stages;
    }
}
