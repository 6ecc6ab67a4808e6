package io.heatwire.ops.dashboards;

import io.heatwire.ops.http.JsonText;
import java.util.List;
import java.util.Map;

/** Alerts as a file of rules for Prometheus. */
final class RulesFile {

    private RulesFile() {}

    /**
     * The file.
     *
     * @param runbook where the runbook is, without an anchor
     */
    static String write(Map<String, List<Alert>> groups, String runbook) {
        StringBuilder yaml = new StringBuilder(ScrapeFile.HEAD)
                .append("# Each alert has an entry in the runbook: what it means, what to look at, what to change.\n")
                .append("groups:\n");
        groups.forEach((name, alerts) -> {
            yaml.append("  - name: ").append(name).append("\n    rules:\n");
            alerts.forEach(alert -> yaml.append(rule(alert, runbook)));
        });
        return yaml.toString();
    }

    private static String rule(Alert alert, String runbook) {
        return "      - alert: " + alert.name() + "\n"
                + "        expr: |-\n"
                + PromQl.ofJob(alert.expression()).indent(10)
                + "        for: " + alert.lasts() + "\n"
                + "        labels:\n"
                + "          severity: " + alert.severity().word() + "\n"
                + "        annotations:\n"
                + "          summary: " + JsonText.of(alert.summary()) + "\n"
                + "          description: " + JsonText.of(alert.description()) + "\n"
                + "          runbook_url: " + JsonText.of(runbook + "#" + alert.anchor()) + "\n";
    }
}
