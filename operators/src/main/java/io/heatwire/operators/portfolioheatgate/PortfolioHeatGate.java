package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Calibrates each proposal by the portfolio heat at that moment (contract section 5.3). */
final class PortfolioHeatGate implements EventOperator {

    private static final String MISSING_FIELD = "missing_field:";
    private static final long MS_PER_SECOND = 1000;

    private final String mode;
    private final boolean enforces;
    private final double heatMin;
    private final double heatMax;
    private final long snapshotMaxAgeMs;
    private final long calibratedTtlMs;
    private final KeyTemplate calibratedKey;
    private final LookUp state;
    private final LookUp snapshots;

    PortfolioHeatGate(OperatorConfig config) {
        mode = config.text("mode");
        enforces = mode.equals(PortfolioHeatGateSpec.ENFORCE);
        heatMin = config.decimal("heat_min");
        heatMax = config.decimal("heat_max");
        snapshotMaxAgeMs = config.integer("snapshot_max_age_sec") * MS_PER_SECOND;
        calibratedTtlMs = config.integer("calibrated_ttl_sec") * MS_PER_SECOND;
        calibratedKey = config.key("calibrated_hash");
        state = new LookUp.Hash(config.key("state").key());
        snapshots = new LookUp.Newest(
                config.key("snapshots").key(), Math.toIntExact(config.integer("snapshot_scan_depth")));
    }

    @Override
    public List<Signal> onStart() {
        return List.of(
                Signal.level(PortfolioHeatMeters.ENFORCE_MODE, enforces ? 1 : 0),
                Signal.info(() -> "Mode: " + mode.toUpperCase(Locale.ROOT)));
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        return List.of(state, snapshots);
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        Proposal proposal = Proposal.of(event);
        String missing = proposal.missing();
        if (!missing.isEmpty()) {
            return Outcome.dead(MISSING_FIELD + missing, lag(event, nowMs), missingFields(event));
        }
        PortfolioHeat heat = PortfolioHeat.of(found.get(state), found.get(snapshots), nowMs, snapshotMaxAgeMs);
        Calibration calibration = Calibration.of(proposal.action(), heat, heatMin, heatMax);
        return Outcome.apply(effects(proposal, heat, calibration, nowMs), signals(proposal, heat, calibration, nowMs));
    }

    @Override
    public List<Signal> onDead(@Nullable Event event, String reason) {
        if (event != null && reason.startsWith(MISSING_FIELD)) {
            return List.of(missingFields(event));
        }
        List<Signal> signals = new ArrayList<>();
        signals.add(Signal.count(PortfolioHeatMeters.FAILURES, PortfolioHeatMeters.PROCESSING_ERROR));
        if (enforces && event != null) {
            signals.add(Signal.count(PortfolioHeatMeters.HASH_WRITE_FAIL));
        }
        return signals;
    }

    private List<Effect> effects(Proposal proposal, PortfolioHeat heat, Calibration calibration, long nowMs) {
        Effect entry = PortfolioHeatOutputs.entry(proposal, heat, calibration, mode, nowMs);
        return enforces
                ? List.of(
                        entry,
                        PortfolioHeatOutputs.hash(
                                proposal, heat, calibration, hashKey(proposal), calibratedTtlMs, nowMs))
                : List.of(entry);
    }

    private List<Signal> signals(Proposal proposal, PortfolioHeat heat, Calibration calibration, long nowMs) {
        List<Signal> signals = new ArrayList<>();
        signals.add(lag(proposal.event(), nowMs));
        signals.add(Signal.info(
                () -> "Proposal: " + proposal.shortPlanId() + " | " + proposal.symbol() + " " + proposal.action()));
        addHeat(signals, heat, calibration);
        addVerdict(signals, proposal, heat, calibration);
        signals.add(Signal.count(PortfolioHeatMeters.PROCESSED));
        if (enforces) {
            signals.add(Signal.count(PortfolioHeatMeters.HASH_WRITES));
        }
        signals.add(
                Signal.info(() -> enforces ? enforced(proposal, calibration) : compared(proposal, heat, calibration)));
        return signals;
    }

    private static void addHeat(List<Signal> signals, PortfolioHeat heat, Calibration calibration) {
        HeatFailure failure = heat.failure();
        signals.add(Signal.level(PortfolioHeatMeters.HEAT_VALUE, heat.value()));
        for (HeatBucket bucket : HeatBucket.values()) {
            boolean current = failure == null && bucket == calibration.bucket();
            signals.add(Signal.level(PortfolioHeatMeters.BUCKET, current ? 1 : 0, bucket.name()));
        }
        if (failure != null) {
            signals.add(Signal.count(PortfolioHeatMeters.FAILURES, failure.reason()));
            signals.add(Signal.warn(() -> failure.headline() + " (" + heat.detail() + ") - FAIL-CLOSED"));
        }
    }

    private static void addVerdict(
            List<Signal> signals, Proposal proposal, PortfolioHeat heat, Calibration calibration) {
        if (!calibration.changes(proposal.action())) {
            signals.add(Signal.info(() ->
                    "PASS: " + proposal.symbol() + " " + proposal.action() + " (" + warmth(heat, calibration) + ")"));
            return;
        }
        signals.add(Signal.count(
                PortfolioHeatMeters.DOWNGRADED, proposal.action(), calibration.reason(), calibration.action()));
        signals.add(Signal.warn(() -> "DOWNGRADE: " + proposal.symbol() + " " + proposal.action() + " → "
                + calibration.action() + " (" + warmth(heat, calibration) + ", reason=" + calibration.reason() + ")"));
    }

    private static String compared(Proposal proposal, PortfolioHeat heat, Calibration calibration) {
        return "SHADOW-COMPARE: " + proposal.shortPlanId() + " | proposal=" + proposal.action() + " vs calibrated="
                + calibration.action() + " | " + warmth(heat, calibration) + " | downgraded="
                + (calibration.changes(proposal.action()) ? "True" : "False") + " reason=" + calibration.reason();
    }

    private String enforced(Proposal proposal, Calibration calibration) {
        return "ENFORCE: " + proposal.shortPlanId() + " | " + proposal.symbol() + " " + proposal.action() + "→"
                + calibration.action() + " | hash=" + hashKey(proposal) + " source="
                + proposal.event().id();
    }

    private static String warmth(PortfolioHeat heat, Calibration calibration) {
        return "heat=" + DecimalText.fixed(heat.value(), 4) + " " + calibration.bucket();
    }

    private String hashKey(Proposal proposal) {
        return calibratedKey.key("symbol", proposal.symbol());
    }

    private static Signal lag(Event event, long nowMs) {
        return new Signal.Observe(
                PortfolioHeatMeters.STREAM_LAG, Math.max(0, nowMs - event.id().ms()), List.of());
    }

    private static Signal missingFields(Event event) {
        return Signal.warn(() -> "Missing required fields in proposal: " + event.id());
    }
}
