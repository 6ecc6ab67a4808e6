package io.heatwire.ops.dashboards;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All alerts for a wiring, by group. One that speaks of a meter that no operator of the wiring has is left out. */
final class Alerts {

    private Alerts() {}

    static Map<String, List<Alert>> of(Scope scope) {
        Map<String, List<Alert>> groups = new LinkedHashMap<>();
        groups.put("heatwire-engine", within(scope, EngineAlerts.all()));
        groups.put("heatwire-edges", within(scope, EdgeAlerts.of(scope)));
        groups.put("heatwire-heat", within(scope, HeatAlerts.of(scope)));
        groups.values().removeIf(List::isEmpty);
        return groups;
    }

    private static List<Alert> within(Scope scope, List<Alert> alerts) {
        return alerts.stream().filter(alert -> scope.has(alert.expression())).toList();
    }
}
