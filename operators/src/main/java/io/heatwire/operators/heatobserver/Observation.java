package io.heatwire.operators.heatobserver;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One observation of the plan in an entry: where to look, and the outcome of having looked. */
public final class Observation {

    private static final long MS_PER_SECOND = 1000;

    private final String obsPoint;
    private final long dedupeTtlMs;
    private final int maxDebugChars;
    private final KeyTemplate byPlan;
    private final KeyTemplate dedupe;

    /** An observation with the settings and keys that {@link ObservationSpec} declares. */
    public Observation(OperatorConfig config) {
        obsPoint = config.text("obs_point");
        dedupeTtlMs = config.integer("dedupe_ttl_sec") * MS_PER_SECOND;
        maxDebugChars = Math.toIntExact(config.integer("max_debug_chars"));
        byPlan = config.key("by_plan");
        dedupe = config.key("dedupe");
    }

    /** The key of the plan's decision. */
    public LookUp.Hash byPlan(Event event) {
        return new LookUp.Hash(byPlan.key("plan_id", planId(event)));
    }

    /** The marker that says that this plan was observed here before. */
    public LookUp.Value observedBefore(Event event) {
        return new LookUp.Value(dedupeKey(event));
    }

    /** The field without which nothing can be observed; empty when all are there. */
    public String missing(Event event) {
        if (!event.has("plan_id")) {
            return "plan_id";
        }
        return event.has("symbol") ? "" : "symbol";
    }

    /**
     * Writes the event once for this plan and point.
     *
     * @param ifMissing the reason when the key is not there; null for {@code missing}
     */
    public Outcome outcome(Event event, Answer answer, @Nullable ObservedReason ifMissing, long nowMs) {
        String missing = missing(event);
        if (!missing.isEmpty()) {
            return Outcome.dead("missing_field:" + missing);
        }
        ObservedEvent observed = ObservedEvent.of(
                planId(event),
                event.get("symbol", ""),
                obsPoint,
                event.get("decision", "UNKNOWN"),
                answer,
                ifMissing,
                nowMs,
                maxDebugChars);
        List<Signal> signals = new ArrayList<>(observed.signals());
        signals.add(
                debug(event, observed.found() ? "observed with heat" : "observed without heat: " + observed.reason()));
        return Outcome.once(
                new Once(dedupeKey(event), dedupeTtlMs, "1"),
                List.of(Effect.append(ObservedEvent.OUTPUT, observed.values())),
                signals,
                List.of(debug(event, "observed before")));
    }

    /** A line about this plan for the search for a fault. */
    public Signal debug(Event event, String what) {
        return new Signal.Log(
                Signal.Importance.DEBUG,
                () -> event.get("symbol", "") + ": plan " + planId(event) + " " + what + " at " + obsPoint);
    }

    private String dedupeKey(Event event) {
        return dedupe.key("obs_point", obsPoint, "plan_id", planId(event));
    }

    private static String planId(Event event) {
        return event.get("plan_id", "");
    }
}
