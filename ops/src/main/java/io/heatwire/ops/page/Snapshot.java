package io.heatwire.ops.page;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.graph.LiveStates;
import io.heatwire.ops.http.JsonText;
import io.heatwire.ops.http.WiringState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Everything the page shows that changes, at one moment. -1 stands for what nobody knows.
 *
 * @param plans the stages that run
 * @param totals how far everything has counted
 * @param changes the newest first
 */
record Snapshot(
        Health health,
        WiringState wiring,
        List<StagePlan> plans,
        List<Change> changes,
        Meters meters,
        Totals totals,
        History history) {

    /** In one line. */
    String json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("at_ms", totals.atMs());
        values.put("status", word(health.status()));
        values.put("ready", health.ready());
        values.put("redis", health.redis());
        values.put("server", health.server());
        values.put("forced", health.forced());
        values.put("generation", wiring.generation());
        values.put("generation_since_ms", wiring.sinceEpochS() * 1000);
        values.put("reload_refused", wiring.refusal());
        values.put("stages", health.stages().stream().map(this::stage).toList());
        values.put("edges", health.flow().edges().stream().map(this::edge).toList());
        values.put("step_ms", History.STEP_MS);
        values.put("points", meters.obsPoints().stream().map(this::point).toList());
        values.put(
                "pairs", health.flow().coverage().stream().map(Snapshot::pair).toList());
        values.put("dead", meters.dead().stream().map(Snapshot::dead).toList());
        values.put("changes", changes.stream().map(Snapshot::change).toList());
        return JsonText.of(values);
    }

    private Map<String, Object> stage(StageHealth stage) {
        String name = stage.stage();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stage", name);
        values.put("status", word(stage.status()));
        values.put("state", word(stage.state()));
        values.put("error", stage.error());
        values.put("waiting", stage.waiting());
        values.put("backlog", stage.backlog());
        values.put("lag_ms", stage.lagMs());
        values.put("read_per_min", rate(Meters.read(name)));
        values.put("committed_per_min", rate(Meters.committed(name)));
        values.put("committed", stage.committed());
        values.put("letters", meters.letters(name));
        account(name).ifPresent(account -> {
            values.put("in_flight", account.inFlight());
            values.put("dropped", account.dropped());
            values.put("dead", account.dead());
            values.put("lost", account.lost());
        });
        values.put("dropped_per_min", rate(Meters.dropped(name)));
        values.put("limit", limit(name));
        return values;
    }

    private Optional<StageAccount> account(String stage) {
        return health.flow().accounts().stream()
                .filter(each -> each.stage().equals(stage))
                .findFirst();
    }

    /** How many events may wait at once at a stage that waits for keys; -1 for all others. */
    private long limit(String stage) {
        return plans.stream()
                .filter(plan -> plan.name().equals(stage) && plan.spec().kind() == OperatorSpec.Kind.LATE)
                .map(plan -> plan.config().settings().get("max_inflight"))
                .filter(Long.class::isInstance)
                .mapToLong(most -> (Long) most)
                .findFirst()
                .orElse(-1);
    }

    private Map<String, Object> edge(EdgeHealth edge) {
        String ends = LiveStates.ends(edge.from(), edge.to());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("ends", ends);
        values.put("stage", edge.stage());
        values.put("from", edge.from());
        values.put("to", edge.to());
        values.put("state", edge.state().word());
        values.put(
                "shape",
                word(LiveStates.state(edge.state().word(), edge.isWell(), "").shape()));
        values.put("since_s", edge.sinceMs() / 1000);
        values.put("why", edge.why());
        values.put("per_min", rate(isRead(edge) ? Meters.read(edge.stage()) : Meters.entries(ends)));
        values.put("shared", isShared(edge));
        values.put("unread", edge.load().unread());
        values.put("pending", edge.load().pending());
        return values;
    }

    /** Whether the edge is the one its stage reads entries from. */
    private boolean isRead(EdgeHealth edge) {
        return edge.to().equals(edge.stage())
                && plans.stream()
                        .filter(plan -> plan.name().equals(edge.stage()))
                        .map(StagePlan::source)
                        .anyMatch(source -> source instanceof SourcePlan.FromStream stream
                                && stream.key().equals(edge.from()));
    }

    /** Whether other stages write the same stream. */
    private boolean isShared(EdgeHealth edge) {
        return edge.from().equals(edge.stage())
                && health.flow().edges().stream()
                                .filter(each -> each.from().equals(each.stage())
                                        && each.to().equals(edge.to()))
                                .count()
                        > 1;
    }

    private Map<String, Object> point(String obsPoint) {
        String found = Meters.observed(obsPoint, true);
        String missed = Meters.observed(obsPoint, false);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("point", obsPoint);
        values.put("found", history.steps(found, totals));
        values.put("missed", history.steps(missed, totals));
        values.put("found_ever", Math.round(totals.of(found)));
        values.put("missed_ever", Math.round(totals.of(missed)));
        return values;
    }

    private double rate(String name) {
        return Math.round(history.perMinute(name, totals) * 10) / 10.0;
    }

    private static Map<String, Object> pair(CoverageHealth pair) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("pair", pair.pair());
        values.put("expected", pair.expected());
        values.put("found", pair.found());
        values.put("alarm", pair.isAlarm());
        values.put("why", pair.why());
        return values;
    }

    private static Map<String, Object> dead(Meters.Dead dead) {
        return Map.of("stage", dead.stage(), "reason", dead.reason(), "count", dead.count());
    }

    private static Map<String, Object> change(Change change) {
        return Map.of(
                "at_ms",
                change.atMs(),
                "generation",
                change.generation(),
                "outcome",
                change.outcome(),
                "said",
                change.said());
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
