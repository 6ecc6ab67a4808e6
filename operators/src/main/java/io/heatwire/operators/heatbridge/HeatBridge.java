package io.heatwire.operators.heatbridge;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the keys of each decision, once for each plan: contract section 5.6. */
final class HeatBridge implements EventOperator {

    static final String DEDUPE = "dedupe";

    private static final int TS_EPOCH = HeatBridgeSpec.FIELDS.indexOf("ts_epoch");

    private final long planTtlMs;
    private final long symbolTtlMs;
    private final long dedupeTtlMs;
    private final KeyTemplate byPlan;
    private final KeyTemplate latest;
    private final KeyTemplate latestPlanId;
    private final KeyTemplate dedupe;

    HeatBridge(OperatorConfig config) {
        planTtlMs = config.integer("ttl_plan_sec") * 1000;
        symbolTtlMs = config.integer("ttl_symbol_sec") * 1000;
        dedupeTtlMs = config.integer("dedupe_ttl_sec") * 1000;
        byPlan = config.key(HeatBridgeSpec.BY_PLAN.port());
        latest = config.key(HeatBridgeSpec.LATEST.port());
        latestPlanId = config.key(HeatBridgeSpec.LATEST_PLAN_ID.port());
        dedupe = config.key(DEDUPE);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        String planId = event.get("plan_id", "");
        DecisionTime time = DecisionTime.of(event, nowMs);
        return Outcome.once(
                new Once(dedupe.key("plan_id", planId), dedupeTtlMs, "1"),
                writes(event, planId, time),
                written(event, planId, time, nowMs),
                skipped(event, planId));
    }

    @Override
    public List<Signal> onDead(@Nullable Event event, String reason) {
        return List.of(Signal.count(HeatBridgeMeters.IN));
    }

    private List<Effect> writes(Event event, String planId, DecisionTime time) {
        String symbol = event.get("symbol", "");
        List<String> values = HeatBridgeSpec.FIELDS.stream()
                .map(field -> event.get(field, field.equals("debug_json") ? "{}" : ""))
                .toList();
        List<String> latestValues = new ArrayList<>(values);
        latestValues.set(TS_EPOCH, time.latestText());
        latestValues.add(planId);
        return List.of(
                Effect.putHash(HeatBridgeSpec.BY_PLAN, byPlan.key("plan_id", planId), planTtlMs, values),
                new Effect.PutHash(
                        HeatBridgeSpec.LATEST,
                        latest.key("symbol", symbol),
                        symbolTtlMs,
                        List.copyOf(latestValues),
                        List.of(),
                        time.order()),
                new Effect.PutValue(
                        HeatBridgeSpec.LATEST_PLAN_ID, latestPlanId.key("symbol", symbol), symbolTtlMs, planId));
    }

    private static List<Signal> written(Event event, String planId, DecisionTime time, long nowMs) {
        List<Signal> signals = new ArrayList<>();
        signals.add(Signal.count(HeatBridgeMeters.IN));
        signals.add(Signal.count(HeatBridgeMeters.WRITTEN, HeatBridgeMeters.BY_PLAN));
        signals.add(Signal.count(HeatBridgeMeters.WRITTEN, HeatBridgeMeters.LATEST_SYMBOL));
        if (time.epochSec().isPresent()) {
            signals.add(Signal.level(HeatBridgeMeters.LAG_MS, time.lagMs(nowMs)));
            signals.add(Signal.level(
                    HeatBridgeMeters.LAST_TS_EPOCH, (double) time.epochSec().getAsLong()));
        }
        signals.add(Signal.info(() ->
                name(event, planId) + ": written lookup keys (heat_action=" + event.get("heat_action", "NONE") + ")"));
        return signals;
    }

    private static List<Signal> skipped(Event event, String planId) {
        return List.of(
                Signal.count(HeatBridgeMeters.IN),
                Signal.count(HeatBridgeMeters.DEDUPE_SKIPS),
                new Signal.Log(Signal.Importance.DEBUG, () -> name(event, planId) + ": deduplicated (skipped)"));
    }

    private static String name(Event event, String planId) {
        return event.get("symbol", "") + "/" + planId;
    }
}
