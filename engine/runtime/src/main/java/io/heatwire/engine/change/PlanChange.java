package io.heatwire.engine.change;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a change of plan does to each stage. Names are in the order of the plan they are in.
 *
 * @param changed run on with other settings, after a drain
 * @param added started
 * @param removed drained and gone
 * @param untouched run on without noticing
 * @param hasNewRedis whether another Redis is meant, or the way to it is another
 * @param isNothing whether both plans are the same
 */
public record PlanChange(
        List<String> changed,
        List<String> added,
        List<String> removed,
        List<String> untouched,
        boolean hasNewRedis,
        boolean isNothing) {

    /**
     * The difference, by value. A stage is touched when its own plan differs, when the bound of a stream that it reads or writes
     * does, or when Redis does.
     */
    public static PlanChange between(EnginePlan running, EnginePlan next) {
        Map<String, StagePlan> known = byName(running);
        return compare(running, withSpecsOf(known, next));
    }

    /** A declaration may be made anew each time a wiring is read; what it says follows from its name and the settings. */
    private static EnginePlan withSpecsOf(Map<String, StagePlan> known, EnginePlan plan) {
        List<StagePlan> stages = plan.stages().stream()
                .map(stage -> withSpecOf(known.get(stage.name()), stage))
                .toList();
        return new EnginePlan(
                plan.redis(), plan.streams(), stages, plan.drainMs(), plan.idleConsumerMs(), plan.watch());
    }

    private static StagePlan withSpecOf(@Nullable StagePlan known, StagePlan stage) {
        return known == null || !known.spec().name().equals(stage.spec().name())
                ? stage
                : new StagePlan(
                        stage.name(),
                        known.spec(),
                        stage.config(),
                        stage.source(),
                        stage.streams(),
                        stage.deadStream(),
                        stage.deadKeep(),
                        stage.onPoison());
    }

    private static PlanChange compare(EnginePlan running, EnginePlan next) {
        boolean hasNewRedis = !running.redis().equals(next.redis());
        Map<String, StagePlan> before = byName(running);
        Map<String, StagePlan> after = byName(next);
        List<String> changed = new ArrayList<>();
        List<String> added = new ArrayList<>();
        List<String> untouched = new ArrayList<>();
        for (StagePlan stage : after.values()) {
            StagePlan old = before.get(stage.name());
            if (old == null) {
                added.add(stage.name());
            } else if (hasNewRedis
                    || !stage.equals(old)
                    || !order(stage).equals(order(old))
                    || !bounds(running, old).equals(bounds(next, stage))) {
                changed.add(stage.name());
            } else {
                untouched.add(stage.name());
            }
        }
        List<String> removed = before.keySet().stream()
                .filter(name -> !after.containsKey(name))
                .toList();
        boolean isNothing = changed.isEmpty() && running.equals(next);
        return new PlanChange(changed, added, removed, untouched, hasNewRedis, isNothing);
    }

    /** What is written in another order may do something else, and to a map it is the same: the first rule that fits decides. */
    private static Map<String, List<Object>> order(StagePlan stage) {
        Map<String, List<Object>> order = new HashMap<>();
        stage.config().settings().forEach((name, value) -> {
            if (value instanceof Map<?, ?> block) {
                order.put(name, List.copyOf(block.keySet()));
            }
        });
        return order;
    }

    private static Map<String, StagePlan> byName(EnginePlan plan) {
        Map<String, StagePlan> stages = new LinkedHashMap<>();
        plan.stages().forEach(stage -> stages.put(stage.name(), stage));
        return stages;
    }

    private static Map<String, StreamPlan.Policy> bounds(EnginePlan plan, StagePlan stage) {
        Set<String> touched = new HashSet<>(stage.streams().values());
        if (stage.source() instanceof SourcePlan.FromStream source) {
            touched.add(source.key());
        }
        Map<String, StreamPlan.Policy> bounds = new LinkedHashMap<>();
        plan.streams().stream()
                .filter(stream -> touched.contains(stream.key()))
                .forEach(stream -> bounds.put(stream.key(), stream.policy()));
        return bounds;
    }

    /** For people: {@code heat_gate changed, heat_bridge added; 5 untouched}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (hasNewRedis) {
            parts.add("another Redis");
        }
        part(parts, changed, "changed");
        part(parts, added, "added");
        part(parts, removed, "removed");
        return (parts.isEmpty() ? "no stage changed" : String.join(", ", parts)) + "; " + untouched.size()
                + " untouched";
    }

    private static void part(List<String> parts, List<String> names, String what) {
        if (!names.isEmpty()) {
            parts.add(String.join(" ", names) + " " + what);
        }
    }
}
