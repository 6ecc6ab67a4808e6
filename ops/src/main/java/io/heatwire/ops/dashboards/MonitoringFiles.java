package io.heatwire.ops.dashboards;

import io.heatwire.wiring.WiringPlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The files that Prometheus and Grafana take for a wiring. */
public final class MonitoringFiles {

    /** Where the runbook is when nobody says. */
    public static final String RUNBOOK = "docs/runbook.md";

    private static final String PROVIDER = ScrapeFile.HEAD + """
            # For /etc/grafana/provisioning/dashboards; the dashboards themselves go where path says.
            apiVersion: 1
            providers:
              - name: heatwire
                type: file
                folder: Heatwire
                allowUiUpdates: false
                options:
                  path: /etc/grafana/heatwire
            """;

    private MonitoringFiles() {}

    /**
     * Text by path, relative to any directory; the same for the same wiring. Empty when no listener of the wiring serves metrics.
     *
     * @param runbook where the alerts' entries are, without an anchor
     */
    public static Optional<Map<String, String>> of(WiringPlan plan, String runbook) {
        Scope scope = Scope.of(plan);
        if (scope.listeners().isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> files = new LinkedHashMap<>();
        files.put("prometheus/scrape.yaml", ScrapeFile.write(scope.listeners()));
        files.put("prometheus/rules.yaml", RulesFile.write(Alerts.of(scope), runbook));
        files.put("grafana/provisioning/heatwire.yaml", PROVIDER);
        boards(scope).forEach(board -> files.put("grafana/" + board.uid() + ".json", BoardJson.write(board)));
        return Optional.of(files);
    }

    private static List<Board> boards(Scope scope) {
        return List.of(EngineBoard.board(), HeatBoard.board(scope), OperatorBoard.board(scope)).stream()
                .map(board -> board.within(scope))
                .filter(board -> !board.rows().isEmpty())
                .toList();
    }
}
