package io.heatwire.ops.http;

import io.heatwire.engine.health.CoverageHealth;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.Status;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The health answer: of all stages, or of those a listener is restricted to.
 *
 * <p>A single stage with a health answer in the contract (section 7) gives that flat object first, so that what reads it today
 * keeps working; more keys follow.
 */
final class HealthPage {

    private HealthPage() {}

    static Answer answer(Health health, WiringState wiring, List<String> only) {
        Health seen = restricted(health, only);
        int status = seen.status() == Status.ERROR ? 503 : 200;
        return Answer.json(status, JsonText.of(fields(seen, wiring, !only.isEmpty())));
    }

    static Answer ready(Health health, List<String> only) {
        boolean ready = restricted(health, only).ready();
        return Answer.json(ready ? 200 : 503, JsonText.of(Map.of("ready", ready)));
    }

    private static Health restricted(Health health, List<String> only) {
        return only.isEmpty()
                ? health
                : new Health(
                        health.redis(),
                        health.server(),
                        health.stages().stream()
                                .filter(stage -> only.contains(stage.stage()))
                                .toList(),
                        health.flow().of(only),
                        health.forced());
    }

    private static Map<String, Object> fields(Health health, WiringState wiring, boolean isRestricted) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("status", word(health.status()));
        if (isRestricted
                && health.stages().size() == 1
                && !health.stages().get(0).contract().isEmpty()) {
            fields.putAll(health.stages().get(0).contract());
        }
        fields.put("redis", health.redis());
        fields.put("server", health.server());
        if (!health.forced().isEmpty()) {
            fields.put("forced", health.forced());
        }
        fields.put("generation", wiring.generation());
        fields.put("generation_since_epoch", wiring.sinceEpochS());
        fields.put("reload_refused", wiring.refusal());
        fields.put("stages", health.stages().stream().map(HealthPage::stage).toList());
        fields.put("edges", health.flow().edges().stream().map(HealthPage::edge).toList());
        fields.put(
                "accounts",
                health.flow().accounts().stream().map(HealthPage::account).toList());
        fields.put(
                "coverage",
                health.flow().coverage().stream().map(HealthPage::pair).toList());
        return fields;
    }

    private static Map<String, Object> edge(EdgeHealth edge) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stage", edge.stage());
        fields.put("from", edge.from());
        fields.put("to", edge.to());
        fields.put("state", edge.state().word());
        fields.put("well", edge.isWell());
        fields.put("since_s", edge.sinceMs() / 1000);
        fields.put("why", edge.why());
        return fields;
    }

    private static Map<String, Object> account(StageAccount account) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stage", account.stage());
        fields.put("read", account.read());
        fields.put("committed", account.committed());
        fields.put("duplicate", account.duplicate());
        fields.put("dead", account.dead());
        fields.put("dropped", account.dropped());
        fields.put("refused", account.refused());
        fields.put("lost", account.lost());
        fields.put("given_up", account.givenUp());
        fields.put("in_flight", account.inFlight());
        fields.put("unaccounted", account.unaccounted());
        return fields;
    }

    private static Map<String, Object> pair(CoverageHealth pair) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("pair", pair.pair());
        fields.put("expected", pair.expected());
        fields.put("found", pair.found());
        fields.put("ratio", pair.ratio());
        fields.put("alarm", pair.isAlarm());
        fields.put("why", pair.why());
        return fields;
    }

    private static Map<String, Object> stage(StageHealth stage) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("stage", stage.stage());
        fields.put("status", word(stage.status()));
        fields.put("state", word(stage.state()));
        fields.put("error", stage.error());
        fields.put("waiting", stage.waiting());
        fields.put("epochs", stage.epochs());
        fields.put("committed", stage.committed());
        fields.put("backlog", stage.backlog());
        fields.put("lag_ms", stage.lagMs());
        fields.put("last_loop_epoch", stage.lastLoopEpochS());
        fields.put("last_loop_ms", stage.lastLoopMs());
        return fields;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
