package io.heatwire.operators.heatbridge;

import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What we expect of a case, entry by entry: contract section 5.6 with the departures of docs/departures/heat_bridge.md. Where no
 * departure applies the test holds this against the recording as well.
 */
final class BridgeRule {

    /** Hash fields by key; a string is its value under the empty name. */
    final Map<String, Map<String, String>> keys = new TreeMap<>();

    final Map<String, Double> meters = new TreeMap<>();
    final List<String> log = new ArrayList<>();
    final List<String> dead = new ArrayList<>();

    private final Map<String, Long> orders = new TreeMap<>();
    private boolean departed;

    /** Whether any entry was treated in another way than the reference treats it. */
    boolean departed() {
        return departed;
    }

    void undecodable() {
        die("not_utf8");
    }

    void entry(Map<String, String> entry, long appendedMs, long nowMs) {
        String symbol = entry.getOrDefault("symbol", "");
        String plan = entry.getOrDefault("plan_id", "");
        if (symbol.isEmpty() || plan.isEmpty()) {
            die("missing_field:" + (symbol.isEmpty() ? "symbol" : "plan_id"));
        } else if (keys.containsKey("quantum:dedupe:p27:" + plan)) {
            count("p27_in_messages_total");
            count("p27_dedupe_skips_total");
            log.add("DEBUG " + symbol + "/" + plan + ": deduplicated (skipped)");
        } else if (isString("quantum:harvest:heat:by_plan:" + plan)
                || isString("quantum:harvest:heat:latest:" + symbol)) {
            die("wrong_type");
        } else {
            write(entry, symbol, plan, appendedMs, nowMs);
        }
    }

    /** Somebody puts a string, or anything else that is no hash, under a key. */
    void putString(String key, String value) {
        keys.put(key, Map.of("", value));
        departed = departed || key.contains(":heat:by_plan:") || key.contains(":heat:latest:");
    }

    /** The reference is disturbed by something that our stage recovers from. */
    void disturbed() {
        departed = true;
    }

    void remove(String key) {
        keys.remove(key);
        orders.remove(key);
    }

    private void write(Map<String, String> entry, String symbol, String plan, long appendedMs, long nowMs) {
        String text = entry.getOrDefault("ts_epoch", "");
        OptionalLong ts = DecimalText.parseInteger(text);
        boolean usable = ts.isPresent() && ts.getAsLong() <= Math.floorDiv(nowMs, 1000L) + 60;
        departed = departed || !usable && !text.isEmpty();
        Map<String, String> byPlan = fields(entry);
        putString("quantum:dedupe:p27:" + plan, "1");
        merge("quantum:harvest:heat:by_plan:" + plan, byPlan);
        long order = usable ? ts.getAsLong() : Math.floorDiv(appendedMs, 1000L);
        String latest = "quantum:harvest:heat:latest:" + symbol;
        if (orders.getOrDefault(latest, Long.MIN_VALUE) <= order) {
            byPlan.put("ts_epoch", usable ? text : "");
            byPlan.put("last_plan_id", plan);
            merge(latest, byPlan);
            putString("quantum:harvest:heat:latest_plan_id:" + symbol, plan);
            orders.remove(latest);
            if (usable) {
                orders.put(latest, order);
            }
        } else {
            departed = true;
        }
        tell(entry, symbol + "/" + plan, ts, nowMs);
    }

    private static Map<String, String> fields(Map<String, String> entry) {
        Map<String, String> fields = new TreeMap<>();
        for (String name : List.of(
                "ts_epoch",
                "symbol",
                "plan_id",
                "in_action",
                "out_action",
                "heat_level",
                "heat_score",
                "heat_action",
                "recommended_partial",
                "reason",
                "inputs_age_sec",
                "mode")) {
            fields.put(name, entry.getOrDefault(name, ""));
        }
        fields.put("debug_json", entry.getOrDefault("debug_json", "{}"));
        return fields;
    }

    private void tell(Map<String, String> entry, String name, OptionalLong ts, long nowMs) {
        count("p27_in_messages_total");
        count("p27_written_total{kind=\"by_plan\"}");
        count("p27_written_total{kind=\"latest_symbol\"}");
        if (ts.isPresent()) {
            meters.put("p27_last_ts_epoch", (double) ts.getAsLong());
            meters.put("p27_lag_ms", Math.max(0.0, nowMs - ts.getAsLong() * 1000.0));
        }
        log.add("INFO " + name + ": written lookup keys (heat_action=" + entry.getOrDefault("heat_action", "NONE")
                + ")");
    }

    private void die(String reason) {
        departed = true;
        dead.add(reason);
        count("p27_in_messages_total");
    }

    void merge(String key, Map<String, String> fields) {
        keys.computeIfAbsent(key, any -> new TreeMap<>()).putAll(fields);
    }

    private boolean isString(String key) {
        return keys.getOrDefault(key, Map.of()).containsKey("");
    }

    private void count(String series) {
        meters.merge(series, 1.0, Double::sum);
    }
}
