package io.heatwire.operators.portfolioheatgate;

import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.planid.PlanId;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What must become of one proposal; worked out from its fields and the expected heat, apart from the code under test. */
record ExpectedCalibration(
        Map<String, String> input, String entryId, ExpectedHeat heat, double heatMin, double heatMax, long nowS) {

    String action() {
        String action = input.getOrDefault("action", "");
        return action.isEmpty() ? input.getOrDefault("harvest_action", "") : action;
    }

    String planId() {
        String planId = input.getOrDefault("plan_id", "");
        double kill = ExpectedHeat.number(input.getOrDefault("kill_score", ""));
        String at = input.getOrDefault("computed_at_utc", "");
        if (!planId.isEmpty() || !Double.isFinite(kill) || symbol().isEmpty() || action().isEmpty() || at.isEmpty()) {
            return planId;
        }
        return PlanId.of(symbol(), action(), kill, DecimalText.parse(input.get("new_sl_proposed")), at);
    }

    String symbol() {
        return input.getOrDefault("symbol", "");
    }

    String missing() {
        if (symbol().isEmpty()) {
            return "symbol";
        }
        if (action().isEmpty()) {
            return "action";
        }
        return planId().isEmpty() ? "plan_id" : "";
    }

    boolean isFullClose() {
        return List.of("FULL_CLOSE", "FULL_CLOSE_PROPOSED").contains(action());
    }

    String bucket() {
        if (!heat.failure().isEmpty() || heat.value() < heatMin) {
            return "COLD";
        }
        return heat.value() < heatMax ? "WARM" : "HOT";
    }

    String calibrated() {
        if (!isFullClose() || bucket().equals("HOT")) {
            return action();
        }
        return bucket().equals("WARM") ? "PARTIAL_75" : "PARTIAL_25";
    }

    String reason() {
        if (!isFullClose()) {
            return action().startsWith("PARTIAL_") ? "partial_unchanged" : "non_full_close_unchanged";
        }
        return heat.failure().isEmpty()
                ? "portfolio_heat_" + bucket().toLowerCase(java.util.Locale.ROOT)
                : heat.failure();
    }

    String traceId() {
        String given = input.getOrDefault("trace_id", "");
        byte[] name = (planId() + ":" + entryId).getBytes(StandardCharsets.UTF_8);
        return given.isEmpty() ? UUID.nameUUIDFromBytes(name).toString() : given;
    }

    Map<String, String> entry(String mode) {
        Map<String, String> entry = new LinkedHashMap<>();
        entry.put("trace_id", traceId());
        entry.put("plan_id", planId());
        entry.put("symbol", symbol());
        entry.put("original_action", action());
        entry.put("calibrated_action", calibrated());
        entry.put("heat_value", DecimalText.write(heat.value()));
        entry.put("heat_bucket", bucket());
        entry.put("mode", mode);
        entry.put("calibrated", "true");
        entry.put("reason", reason());
        entry.put("timestamp", Long.toString(nowS));
        return withOthers(entry);
    }

    Map<String, String> hash() {
        Map<String, String> hash = new LinkedHashMap<>();
        hash.put("trace_id", traceId());
        hash.put("plan_id", planId());
        hash.put("symbol", symbol());
        hash.put("action", calibrated());
        hash.put("original_action", action());
        hash.put("heat_value", DecimalText.write(heat.value()));
        hash.put("heat_bucket", bucket());
        hash.put("calibrated", "1");
        hash.put("calibrated_by", "p26_heat_gate");
        hash.put("downgrade_reason", reason());
        hash.put("ts", Long.toString(nowS));
        hash.put("computed_at_utc", input.getOrDefault("computed_at_utc", ""));
        return withOthers(hash);
    }

    private Map<String, String> withOthers(Map<String, String> own) {
        input.forEach((name, value) -> {
            if (!name.equals("action")) {
                own.putIfAbsent(name, value);
            }
        });
        return own;
    }
}
