package io.heatwire.operators.applyplanner;

import io.heatwire.contract.effect.Signal;
import io.heatwire.operators.closeaction.CloseAction;
import io.heatwire.operators.number.DecimalText;

/** What may still happen between the warning and the critical kill score. */
sealed interface WarningBand {

    /** The verdict on a proposal whose kill score lies in the band. */
    GateVerdict judge(HarvestProposal proposal, double warning);

    /** The documented rule: closing reduces risk and goes ahead, everything else is blocked. Contract section 5.4. */
    record ClosesOnly() implements WarningBand {

        @Override
        public GateVerdict judge(HarvestProposal proposal, double warning) {
            String score = proposal.symbol() + ": Kill score " + DecimalText.fixed(proposal.killScore(), 3) + " >= "
                    + DecimalText.write(warning);
            if (CloseAction.parse(proposal.action()).isPresent()) {
                return GateVerdict.of(
                        PlanDecision.EXECUTE,
                        "kill_score_warning_close_ok",
                        Signal.info(() -> score + " but action " + proposal.action() + " is close (OK)"));
            }
            return GateVerdict.of(
                    PlanDecision.BLOCKED,
                    "kill_score_warning_risk_increase",
                    Signal.warn(() -> score + ", blocking non-close action " + proposal.action()));
        }
    }

    /**
     * The rule of the later apply layer: thresholds of their own for closes and for everything else.
     *
     * @param close from here on closes are blocked
     * @param open from here on other actions are marked as scaled
     * @param openCritical from here on other actions are blocked
     */
    record Thresholds(double close, double open, double openCritical) implements WarningBand {

        @Override
        public GateVerdict judge(HarvestProposal proposal, double warning) {
            return CloseAction.parse(proposal.action()).isPresent() ? judgeClose(proposal) : judgeOpen(proposal);
        }

        private GateVerdict judgeClose(HarvestProposal proposal) {
            return proposal.killScore() >= close
                    ? verdict(proposal, PlanDecision.BLOCKED, "kill_score_close_blocked", "CLOSE blocked", close)
                    : verdict(proposal, PlanDecision.EXECUTE, "kill_score_close_ok", "CLOSE allowed", close);
        }

        private GateVerdict judgeOpen(HarvestProposal proposal) {
            if (proposal.killScore() >= openCritical) {
                return verdict(
                        proposal, PlanDecision.BLOCKED, "kill_score_open_critical", "OPEN blocked", openCritical);
            }
            return proposal.killScore() >= open
                    ? verdict(proposal, PlanDecision.EXECUTE, "kill_score_open_scaled", "OPEN scaled", open)
                    : verdict(proposal, PlanDecision.EXECUTE, "kill_score_open_ok", "OPEN allowed", open);
        }

        private static GateVerdict verdict(
                HarvestProposal proposal, PlanDecision decision, String reason, String what, double threshold) {
            String line = proposal.symbol() + ": " + what + " kill_score=" + DecimalText.fixed(proposal.killScore(), 3)
                    + " threshold=" + DecimalText.fixed(threshold, 3);
            return GateVerdict.of(
                    decision,
                    reason,
                    decision == PlanDecision.BLOCKED ? Signal.warn(() -> line) : Signal.info(() -> line));
        }
    }
}
