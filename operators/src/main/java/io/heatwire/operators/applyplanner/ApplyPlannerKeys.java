package io.heatwire.operators.applyplanner;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import java.util.List;

/** The keys of one planner. */
record ApplyPlannerKeys(
        KeyTemplate proposalHash,
        KeyTemplate calibratedHash,
        LookUp.Value kill,
        LookUp.Value killSwitch,
        KeyTemplate heat,
        KeyTemplate decidedMarker,
        KeyTemplate publishedMarker,
        KeyTemplate observedMarker) {

    /** Where in the life of a plan the planner observes it. */
    static final String OBS_POINT = "create_apply_plan";

    static ApplyPlannerKeys of(OperatorConfig config) {
        return new ApplyPlannerKeys(
                config.key("proposal"),
                config.key("calibrated"),
                new LookUp.Value(config.key("kill").key()),
                new LookUp.Value(config.key("kill_switch").key()),
                config.key("by_plan"),
                config.key("dedupe"),
                config.key("published"),
                config.key("observed_dedupe"));
    }

    LookUp.Hash proposal(String symbol) {
        return new LookUp.Hash(proposalHash.key("symbol", symbol));
    }

    LookUp.Hash calibrated(String symbol) {
        return new LookUp.Hash(calibratedHash.key("symbol", symbol));
    }

    List<LookUp> killKeys() {
        return List.of(kill, killSwitch);
    }

    LookUp.Hash byPlan(String planId) {
        return new LookUp.Hash(heat.key("plan_id", planId));
    }

    LookUp.Value decided(String planId) {
        return new LookUp.Value(decidedMarker.key("plan_id", planId));
    }

    String published(String planId) {
        return publishedMarker.key("plan_id", planId);
    }

    String observed(String planId) {
        return observedMarker.key("obs_point", OBS_POINT, "plan_id", planId);
    }
}
