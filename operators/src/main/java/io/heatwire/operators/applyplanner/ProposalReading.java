package io.heatwire.operators.applyplanner;

import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.number.DecimalText;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** What became of reading a proposal hash. */
sealed interface ProposalReading {

    /** The fields that are read; the first two and last_update_epoch are required. */
    List<String> FIELDS = List.of(
            "harvest_action",
            "kill_score",
            "k_regime_flip",
            "k_sigma_spike",
            "k_ts_drop",
            "k_age_penalty",
            "new_sl_proposed",
            "R_net",
            "last_update_epoch",
            "computed_at_utc");

    /** A plan can be made. */
    record Usable(HarvestProposal proposal) implements ProposalReading {}

    /**
     * Nothing is written for the symbol in this cycle.
     *
     * @param detail what Redis said; empty when it said nothing
     */
    record Unusable(SkippedProposal why, String detail) implements ProposalReading {}

    /**
     * Reads a proposal, contract section 5.4.
     *
     * @param proposal the publisher's hash
     * @param calibrated the portfolio heat gate's hash
     */
    static ProposalReading of(String symbol, Answer proposal, Answer calibrated) {
        if (proposal instanceof Answer.Fields hash) {
            return ofFields(symbol, hash.fields(), calibrated);
        }
        if (proposal instanceof Answer.Failed failed) {
            boolean redis = failed.failure() == Answer.Failure.REDIS_ERROR;
            SkippedProposal why = redis ? SkippedProposal.REDIS_ERROR : SkippedProposal.UNREADABLE_PROPOSAL;
            return new Unusable(why, failed.detail());
        }
        return unusable(SkippedProposal.NO_PROPOSAL);
    }

    private static ProposalReading ofFields(String symbol, Map<String, String> fields, Answer calibrated) {
        String action = fields.get("harvest_action");
        if (action == null) {
            return unusable(SkippedProposal.MISSING_HARVEST_ACTION);
        }
        if (isBlank(fields.get("kill_score"))) {
            return unusable(SkippedProposal.MISSING_KILL_SCORE);
        }
        OptionalDouble killScore = DecimalText.parseFinite(fields.get("kill_score"));
        if (killScore.isEmpty()) {
            return unusable(SkippedProposal.INVALID_KILL_SCORE);
        }
        if (isBlank(fields.get("last_update_epoch"))) {
            return unusable(SkippedProposal.MISSING_LAST_UPDATE_EPOCH);
        }
        if (DecimalText.parseFinite(fields.get("last_update_epoch")).isEmpty()) {
            return unusable(SkippedProposal.INVALID_LAST_UPDATE_EPOCH);
        }
        Calibration calibration = Calibration.of(fields, calibrated);
        return new Usable(HarvestProposal.of(symbol, fields, action, killScore.getAsDouble(), calibration));
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }

    private static ProposalReading unusable(SkippedProposal why) {
        return new Unusable(why, "");
    }
}
