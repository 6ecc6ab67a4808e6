package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.operators.world.OperatorWorld;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A planner in a world with one proposal: to close BTCUSDT in full. */
final class PlannerBench {

    static final long NOW_MS = 1769638200999L;
    static final String ID = "6770d48102f2bcb1";
    static final String AT = "2026-01-28T22:09:50.123456";
    static final String PROPOSAL = "quantum:harvest:proposal:BTCUSDT";
    static final String CALIBRATED = "quantum:harvest:calibrated:BTCUSDT";

    final OperatorWorld world = new OperatorWorld();
    private EventOperator planner = PlanRun.planner(Map.of(), Map.of());

    PlannerBench() {
        world.hashes.put(
                PROPOSAL,
                new TreeMap<>(Map.of(
                        "harvest_action", "FULL_CLOSE_PROPOSED",
                        "kill_score", "0.35",
                        "k_sigma_spike", "0.1",
                        "new_sl_proposed", "None",
                        "R_net", "2.5",
                        "last_update_epoch", "1769638197",
                        "computed_at_utc", AT)));
    }

    EventOperator planner() {
        return planner;
    }

    void use(Map<String, String> env, Map<String, String> extra) {
        planner = PlanRun.planner(env, extra);
    }

    Outcome tick() {
        return world.run(planner, world.event(Map.of("symbol", "BTCUSDT")), NOW_MS);
    }

    void propose(String field, String value) {
        world.hashes.get(PROPOSAL).put(field, value);
    }

    Event only(String port) {
        assertThat(world.streams.get(port)).hasSize(1);
        return world.streams.get(port).get(0);
    }

    List<String> decisions(String port) {
        return world.streams.get(port).stream()
                .map(entry -> entry.get("decision", ""))
                .toList();
    }
}
