package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.number.DecimalText;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The heat of the portfolio, or why there is none: the sum of |position_notional_usd| x sigma over the symbols, divided by the
 * equity (contract section 5.3).
 *
 * @param value the heat; 0 after a failure
 * @param failure null when the heat is known
 * @param detail what failed, for people; empty when the heat is known
 */
record PortfolioHeat(double value, @Nullable HeatFailure failure, String detail) {

    private static final double SMALLEST_EQUITY = 1;

    /** The heat from what Redis said. */
    static PortfolioHeat of(Answer state, Answer snapshots, long nowMs, long maxAgeMs) {
        if (state instanceof Answer.Missing) {
            return failed(HeatFailure.PORTFOLIO_STATE_MISSING, "no state hash");
        }
        if (!(state instanceof Answer.Fields fields)) {
            return failed(HeatFailure.HEAT_CALCULATION_ERROR, "state: " + detailOf(state));
        }
        if (!(snapshots instanceof Answer.Entries newest)) {
            return failed(HeatFailure.HEAT_CALCULATION_ERROR, "snapshots: " + detailOf(snapshots));
        }
        return withEquity(fields.fields(), newest, nowMs - maxAgeMs);
    }

    private static PortfolioHeat withEquity(Map<String, String> state, Answer.Entries newest, long notBeforeMs) {
        String text = state.getOrDefault("equity_usd", "");
        if (text.isEmpty()) {
            return failed(HeatFailure.INVALID_EQUITY, "equity_usd is absent");
        }
        OptionalDouble equity = DecimalText.parseFinite(text);
        if (equity.isEmpty()) {
            return failed(HeatFailure.INVALID_INPUTS, "equity_usd=" + text);
        }
        return equity.getAsDouble() <= 0
                ? failed(HeatFailure.INVALID_EQUITY, "equity_usd=" + text)
                : overSnapshots(newest, notBeforeMs, Math.max(equity.getAsDouble(), SMALLEST_EQUITY));
    }

    private static PortfolioHeat overSnapshots(Answer.Entries newest, long notBeforeMs, double equity) {
        Set<String> symbols = new HashSet<>();
        double sum = 0;
        for (Event snapshot : newest.entries()) {
            if (snapshot.id().ms() < notBeforeMs) {
                break;
            }
            // The newest snapshot of a symbol decides, also when it says that the position is closed.
            if (!snapshot.has("symbol") || !symbols.add(snapshot.get("symbol", ""))) {
                continue;
            }
            OptionalDouble risk = risk(snapshot);
            if (risk.isEmpty()) {
                return failed(HeatFailure.INVALID_INPUTS, "snapshot " + snapshot.id());
            }
            sum += risk.getAsDouble();
        }
        return symbols.isEmpty() ? failed(HeatFailure.SNAPSHOTS_MISSING, "no snapshots") : quotient(sum, equity);
    }

    private static OptionalDouble risk(Event snapshot) {
        OptionalDouble notional = DecimalText.parseFinite(snapshot.get("position_notional_usd"));
        if (notional.isEmpty()) {
            return notional;
        }
        String sigmaText = snapshot.has("sigma") ? snapshot.get("sigma", "") : snapshot.get("volatility", "");
        if (sigmaText.isEmpty() && notional.getAsDouble() == 0) {
            return OptionalDouble.of(0);
        }
        OptionalDouble sigma = DecimalText.parseFinite(sigmaText);
        if (sigma.isEmpty() || sigma.getAsDouble() > 0) {
            return sigma.isEmpty() ? sigma : OptionalDouble.of(Math.abs(notional.getAsDouble()) * sigma.getAsDouble());
        }
        return OptionalDouble.of(0);
    }

    private static PortfolioHeat quotient(double sum, double equity) {
        double heat = sum / equity;
        return Double.isFinite(heat)
                ? new PortfolioHeat(heat, null, "")
                : failed(HeatFailure.INVALID_INPUTS, "the sum over the snapshots is not finite");
    }

    private static PortfolioHeat failed(HeatFailure failure, String detail) {
        return new PortfolioHeat(0, failure, detail);
    }

    private static String detailOf(Answer answer) {
        return answer instanceof Answer.Failed failed ? failed.failure() + " " + failed.detail() : "no answer";
    }
}
