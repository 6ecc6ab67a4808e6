package io.heatwire.operators.portfolioheatgate;

import io.heatwire.contract.event.Event;
import io.heatwire.operators.planid.PlanId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * A proposal as the gate reads it.
 *
 * @param event the entry it came in, whose other fields are copied on
 * @param planId the entry's own, or computed from its parts; empty when that is not possible
 * @param traceId the entry's own, or a name-based one, the same whenever the entry is read again
 */
record Proposal(Event event, String planId, String symbol, String action, String traceId) {

    static final String ACTION = "action";
    static final String HARVEST_ACTION = "harvest_action";

    static Proposal of(Event event) {
        String symbol = event.get("symbol", "");
        String action = event.has(ACTION) ? event.get(ACTION, "") : event.get(HARVEST_ACTION, "");
        String planId = event.has("plan_id")
                ? event.get("plan_id", "")
                : PlanId.ofProposal(event, action).orElse("");
        return new Proposal(event, planId, symbol, action, traceId(event, planId));
    }

    /** The name of the first field without which there is nothing to calibrate; empty when all are there. */
    String missing() {
        if (symbol.isEmpty()) {
            return "symbol";
        }
        if (action.isEmpty()) {
            return ACTION;
        }
        return planId.isEmpty() ? "plan_id" : "";
    }

    /** The first eight characters of the plan id, as log lines show it. */
    String shortPlanId() {
        int length = Math.min(8, planId.codePointCount(0, planId.length()));
        return planId.substring(0, planId.offsetByCodePoints(0, length));
    }

    private static String traceId(Event event, String planId) {
        if (event.has("trace_id")) {
            return event.get("trace_id", "");
        }
        byte[] name = (planId + ":" + event.id()).getBytes(StandardCharsets.UTF_8);
        return UUID.nameUUIDFromBytes(name).toString();
    }
}
