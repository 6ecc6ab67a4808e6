package io.heatwire.operators.heatgate;

import io.heatwire.operators.number.DecimalText;
import io.heatwire.operators.planid.PlanId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What we expect of a case: the recorded decision, changed where docs/departures/heat_gate.md says so. Each method is one row of
 * that table, a rule over what the case gives.
 */
final class GateRule {

    private static final Map<String, String[]> INPUTS = new LinkedHashMap<>();

    static {
        INPUTS.put("gross_exposure_usd", new String[] {"GROSS_TARGET_USD", "5000", "W_EXP", "1"});
        INPUTS.put("dd_ewma_usd", new String[] {"DD_TARGET_USD", "250", "W_DD", "1"});
        INPUTS.put("lossburst_ewma_usd", new String[] {"BURST_TARGET_USD", "250", "W_BURST", "1"});
        INPUTS.put("fee_burden_ewma_usd", new String[] {"FEE_TARGET_USD", "50", "W_FEE", "0.5"});
        INPUTS.put("churn_ewma", new String[] {"CHURN_TARGET", "1", "W_CHURN", "0.5"});
    }

    private final GateCase given;
    private final GateStartRule start;
    private final boolean absentIsZero;

    GateRule(GateCase given, boolean absentIsZero) {
        this.given = given;
        this.start = new GateStartRule(given);
        this.absentIsZero = absentIsZero;
    }

    /** Why the entry goes to the dead-letter stream instead of being decided; empty when it does not. */
    Optional<String> dead(Map<String, String> entry) {
        if (isEmpty(entry, "symbol")) {
            return Optional.of("missing_field:symbol");
        }
        if (action(entry).isEmpty()) {
            return Optional.of("missing_field:action");
        }
        if (planId(entry).isEmpty()) {
            return Optional.of("missing_field:plan_id");
        }
        String shadow = "quantum:harvest:heat:" + entry.get("symbol");
        boolean wrongType = given.commands().stream()
                .anyMatch(words -> words.get(1).equals(shadow) && !words.get(0).equals("HSET"));
        return wrongType ? Optional.of("wrong_type") : Optional.empty();
    }

    /** The action, under either of its names. */
    String action(Map<String, String> entry) {
        return entry.getOrDefault("action", entry.getOrDefault("harvest_action", ""));
    }

    /** The plan id, computed from the parts of the proposal when it is absent. */
    Optional<String> planId(Map<String, String> entry) {
        if (!isEmpty(entry, "plan_id")) {
            return Optional.of(entry.get("plan_id"));
        }
        OptionalDouble kill = DecimalText.parseFinite(entry.get("kill_score"));
        if (kill.isEmpty() || isEmpty(entry, "computed_at_utc")) {
            return Optional.empty();
        }
        return Optional.of(PlanId.of(
                entry.get("symbol"),
                action(entry),
                kill.getAsDouble(),
                DecimalText.parse(entry.get("new_sl_proposed")),
                entry.get("computed_at_utc")));
    }

    /** The decision we expect where this one was recorded. */
    Map<String, String> expected(Map<String, String> recorded, Map<String, String> entry) {
        Map<String, String> decision = new LinkedHashMap<>(recorded);
        decision.put("plan_id", planId(entry).orElseThrow());
        decision.put("in_action", action(entry));
        String failure = failure(recorded);
        if (failure.isEmpty()) {
            judge(decision, entry);
        } else {
            fail(decision, failure);
        }
        return decision;
    }

    List<String> missing(Map<String, String> recorded) {
        return isFresh(recorded) && !absentIsZero
                ? inputs(input -> !state().containsKey(input) && hasSay(input))
                : List.of();
    }

    List<String> invalid(Map<String, String> recorded) {
        return isFresh(recorded)
                ? inputs(input -> state().containsKey(input)
                        && DecimalText.parseFinite(state().get(input)).isEmpty())
                : List.of();
    }

    private String failure(Map<String, String> recorded) {
        if (!missing(recorded).isEmpty()) {
            return "missing_inputs";
        }
        if (!invalid(recorded).isEmpty()) {
            return "invalid_inputs";
        }
        String word = recorded.get("reason").replaceFirst("^FAIL-(?:OPEN|CLOSED)\\((.*)\\)$", "$1");
        if (word.equals("stale_inputs") && isBeyondTime(recorded.get("inputs_age_sec"))) {
            return "invalid_ts";
        }
        return word.equals("ok") ? "" : word;
    }

    /** Level, action and part follow the score as published; the text of the action follows the part. */
    private void judge(Map<String, String> decision, Map<String, String> entry) {
        double score = DecimalText.parse(decision.get("heat_score")).orElseThrow();
        String level =
                score < start.number("T_WARM", 0.45) ? "cold" : score < start.number("T_HOT", 0.70) ? "warm" : "hot";
        boolean moderated = action(entry).equals("FULL_CLOSE_PROPOSED") && !level.equals("cold");
        decision.put("heat_level", level);
        if (!moderated) {
            put(decision, "NONE", action(entry), "");
        } else if (level.equals("hot") && isHeld(entry)) {
            put(decision, "HOLD_CLOSE", "HOLD_CLOSE_SHADOW", "");
        } else {
            double part = level.equals("hot") ? start.number("HOT_PARTIAL", 0.25) : start.number("WARM_PARTIAL", 0.5);
            String action = "PARTIAL_" + Math.round(part * 100) + "_PROPOSED";
            put(decision, "DOWNGRADE_FULL_TO_PARTIAL", action, DecimalText.write(part));
        }
    }

    private boolean isHeld(Map<String, String> entry) {
        OptionalDouble kill = DecimalText.parseFinite(entry.get("kill_score"));
        return Set.of("true", "1", "yes", "on").contains(start.word("ENABLE_HOLD_CLOSE", "false"))
                && kill.isPresent()
                && kill.getAsDouble() < start.number("HOLD_KILL_MAX", 0.3);
    }

    private void fail(Map<String, String> decision, String failure) {
        String action = decision.get("in_action");
        boolean closed = isClosed();
        boolean heldBack = closed && Set.of("FULL_CLOSE", "FULL_CLOSE_PROPOSED").contains(action);
        String openReason = closed ? "FAIL-OPEN(" + failure + ")" : failure;
        decision.put("debug_json", failureDebug(decision));
        decision.put("heat_level", "unknown");
        decision.put("heat_score", "0.0");
        decision.put("reason", heldBack ? "FAIL-CLOSED(" + failure + ")" : openReason);
        decision.put("inputs_age_sec", failure.equals("stale_inputs") ? decision.get("inputs_age_sec") : "");
        put(decision, "NONE", heldBack ? "NOOP" : action, "");
    }

    private String failureDebug(Map<String, String> recorded) {
        List<String> members = new ArrayList<>();
        if (isClosed()) {
            members.add("\"fail_mode\": \"CLOSED\"");
        }
        addNames(members, "missing", missing(recorded));
        addNames(members, "invalid", invalid(recorded));
        return "{" + String.join(", ", members) + "}";
    }

    private static void addNames(List<String> members, String name, List<String> inputs) {
        if (!inputs.isEmpty()) {
            members.add("\"" + name + "\": [\"" + String.join("\", \"", inputs) + "\"]");
        }
    }

    /** Only the newest version knows the switch; it is closed there unless told otherwise. */
    boolean isClosed() {
        return given.head && start.word("HEAT_FAIL_MODE", "closed").equals("closed");
    }

    private boolean isFresh(Map<String, String> recorded) {
        return recorded.get("reason").equals("ok") || recorded.get("reason").contains("compute_error:");
    }

    private static boolean isBeyondTime(String age) {
        return new BigInteger(age).abs().compareTo(BigInteger.valueOf(Long.MAX_VALUE / 2)) > 0;
    }

    private boolean hasSay(String input) {
        String[] names = INPUTS.get(input);
        return start.hasSay(names[0], Double.parseDouble(names[1]), names[2], Double.parseDouble(names[3]));
    }

    private static List<String> inputs(Predicate<String> which) {
        return INPUTS.keySet().stream().filter(which).toList();
    }

    private Map<String, String> state() {
        return given.state().orElse(Map.of());
    }

    private static void put(Map<String, String> decision, String heatAction, String outAction, String part) {
        decision.put("heat_action", heatAction);
        decision.put("out_action", outAction);
        decision.put("recommended_partial", part);
    }

    private static boolean isEmpty(Map<String, String> entry, String field) {
        return entry.getOrDefault(field, "").isEmpty();
    }
}
