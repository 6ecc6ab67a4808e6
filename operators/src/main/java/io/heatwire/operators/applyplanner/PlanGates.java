package io.heatwire.operators.applyplanner;

import io.heatwire.contract.effect.Signal;
import io.heatwire.operators.number.DecimalText;

/** The safety gates in their order, contract section 5.4; the first that objects decides. */
final class PlanGates {

    private final ApplyPlannerSettings settings;

    PlanGates(ApplyPlannerSettings settings) {
        this.settings = settings;
    }

    GateVerdict judge(HarvestProposal proposal, KillSwitch killSwitch) {
        String symbol = proposal.symbol();
        if (killSwitch == KillSwitch.ON) {
            return blocked("kill_switch_active", symbol + ": Blocked by kill switch");
        }
        if (killSwitch == KillSwitch.UNREADABLE) {
            return blocked("kill_switch_unreadable", symbol + ": Blocked, a kill switch key could not be read");
        }
        if (!settings.allowlist().contains(symbol)) {
            return GateVerdict.of(
                    PlanDecision.SKIP,
                    "not_in_allowlist",
                    new Signal.Log(Signal.Importance.DEBUG, () -> symbol + ": Not in allowlist"));
        }
        if (proposal.killScore() >= settings.blockCritical()) {
            return blocked(
                    "kill_score_critical",
                    symbol + ": Kill score " + DecimalText.fixed(proposal.killScore(), 3) + " >= "
                            + DecimalText.write(settings.blockCritical()) + " (critical)");
        }
        if (proposal.killScore() >= settings.blockWarning()) {
            return settings.warningBand().judge(proposal, settings.blockWarning());
        }
        return GateVerdict.passed();
    }

    private static GateVerdict blocked(String reason, String line) {
        return GateVerdict.of(PlanDecision.BLOCKED, reason, Signal.warn(() -> line));
    }
}
