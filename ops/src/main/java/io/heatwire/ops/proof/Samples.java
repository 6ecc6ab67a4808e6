package io.heatwire.ops.proof;

import io.heatwire.ops.inject.StreamContract;
import java.util.LinkedHashMap;
import java.util.Map;

/** Entries as the writers of a stream would write them, but about nothing real: nobody should act on one. */
final class Samples {

    private static final Map<String, String> HARMLESS = Map.ofEntries(
            Map.entry("symbol", Marks.SYMBOL),
            Map.entry("action", "HOLD"),
            Map.entry("harvest_action", "HOLD"),
            Map.entry("decision", "SKIP"),
            Map.entry("reason_codes", "heatwire_proof"),
            Map.entry("reason", "ok"),
            Map.entry("steps", "[]"),
            Map.entry("debug_json", "{}"),
            Map.entry("mode", "shadow"),
            Map.entry("kill_score", "0.1"),
            Map.entry("k_regime_flip", "0.0"),
            Map.entry("k_sigma_spike", "0.0"),
            Map.entry("k_ts_drop", "0.0"),
            Map.entry("k_age_penalty", "0.0"),
            Map.entry("new_sl_proposed", ""),
            Map.entry("R_net", "0.0"),
            Map.entry("risk_unit", "0.0"),
            Map.entry("cost_est", "0.0"),
            Map.entry("sigma", "0.0"),
            Map.entry("p_trend", "0.0"),
            Map.entry("p_mr", "0.0"),
            Map.entry("p_chop", "0.0"),
            Map.entry("close_qty", "0.0"),
            Map.entry("qty", "0"),
            Map.entry("exchange_amt", "0"),
            Map.entry("reduceOnly", "true"),
            Map.entry("price", ""),
            Map.entry("hmac", ""),
            Map.entry("signature", ""),
            Map.entry("position_side", ""),
            Map.entry("position_age_sec", "0"),
            Map.entry("position_current_price", "0.0"),
            Map.entry("position_entry_price", "0.0"),
            Map.entry("position_unrealized_pnl", "0.0"),
            Map.entry("computed_at_utc", "1970-01-01T00:00:00.000000"));

    private Samples() {}

    /** All fields of the stream; what is not known by name holds the id. */
    static Map<String, String> of(StreamContract contract, String id, long nowSec) {
        Map<String, String> sample = new LinkedHashMap<>();
        contract.fields().forEach(name -> sample.put(name, value(name, id, nowSec)));
        contract.needs().forEach(need -> {
            if (need.names().stream().noneMatch(sample::containsKey)) {
                String name = need.names().get(0);
                sample.put(name, value(name, id, nowSec));
            }
        });
        return sample;
    }

    private static String value(String name, String id, long nowSec) {
        return switch (name) {
            case "ts_epoch", "timestamp", "ts", "last_update_epoch" -> Long.toString(nowSec);
            default -> HARMLESS.getOrDefault(name, id);
        };
    }
}
