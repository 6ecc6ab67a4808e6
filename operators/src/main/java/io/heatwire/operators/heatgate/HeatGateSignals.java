package io.heatwire.operators.heatgate;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.effect.Signal;
import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people are told of a decision: meters of section 7 and the log lines of section 8. */
final class HeatGateSignals {

    private HeatGateSignals() {}

    static List<Signal> of(HeatDecision decision, HeatReading reading, Signal counted) {
        List<Signal> signals = new ArrayList<>();
        signals.add(counted);
        signals.add(Signal.count(HeatGateMeters.OUT, decision.verdict().heatAction(), decision.level().text));
        signals.add(Signal.level(HeatGateMeters.SCORE, decision.score(), decision.symbol()));
        if (reading instanceof HeatReading.Unknown unknown) {
            addUnknown(signals, decision, unknown);
        } else {
            signals.add(Signal.info(() -> known(decision)));
        }
        return signals;
    }

    private static void addUnknown(List<Signal> signals, HeatDecision decision, HeatReading.Unknown unknown) {
        signals.add(Signal.count(HeatGateMeters.UNKNOWN, decision.verdict().reason()));
        addEach(signals, HeatGateMeters.ABSENT, unknown.missing());
        addEach(signals, HeatGateMeters.INVALID, unknown.invalid());
        if (!unknown.unreadable().isEmpty()) {
            signals.add(Signal.warn(() -> "Failed to read portfolio state: " + unknown.unreadable()));
        }
        signals.add(Signal.warn(() -> unknown(decision, unknown.failure())));
    }

    private static void addEach(List<Signal> signals, MeterSpec meter, List<HeatInput> inputs) {
        inputs.forEach(input -> signals.add(Signal.count(meter, input.field)));
    }

    private static String known(HeatDecision decision) {
        return decision.symbol() + ": " + decision.level().text.toUpperCase(Locale.ROOT) + " (score="
                + DecimalText.fixed(decision.score(), 3) + ") → "
                + decision.verdict().heatAction() + " (out="
                + decision.verdict().outAction() + ")";
    }

    private static String unknown(HeatDecision decision, HeatFailure failure) {
        boolean heldBack = decision.verdict().reason().equals(failure.heldBack());
        return decision.symbol() + ": " + (heldBack ? "FAIL-CLOSED" : "FAIL-OPEN") + " (" + failure.open() + ") → out="
                + decision.verdict().outAction();
    }
}
