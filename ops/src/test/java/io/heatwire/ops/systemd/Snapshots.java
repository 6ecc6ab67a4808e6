package io.heatwire.ops.systemd;

import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** States of an engine with one stage. */
final class Snapshots {

    private Snapshots() {}

    static Health with(StageState state, String error, EdgeState... edges) {
        StageHealth stage = new StageHealth("heat_gate", state, error, 1, 40, 0, 0, 12, 0, "", Map.of());
        List<EdgeHealth> between = Arrays.stream(edges).map(Snapshots::edge).toList();
        StageAccount account = new StageAccount("heat_gate", 43, 40, 0, 3, 0, 0, 0, 0, 0, 0, false);
        return new Health("redis", "Redis 7", List.of(stage), new Flow(between, List.of(account), List.of()));
    }

    private static EdgeHealth edge(EdgeState state) {
        boolean isClosed = state == EdgeState.ABSENT || state == EdgeState.UNKNOWN;
        return new EdgeHealth("heat_gate", "apply_plan", "heat_gate", state, 0, "", !isClosed, isClosed);
    }
}
