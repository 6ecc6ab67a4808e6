package io.heatwire.ops.dashboards;

import io.heatwire.ops.http.JsonText;
import io.heatwire.wiring.HttpListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What Prometheus has to scrape, as a file it takes by itself or by {@code scrape_config_files}. */
final class ScrapeFile {

    /** The first lines of every generated YAML file. */
    static final String HEAD =
            "# Made by heatwire dashboards from a wiring. To change it, change the wiring and make it again.\n";

    private static final String TOKEN_FILE = "/etc/prometheus/heatwire.token";

    private ScrapeFile() {}

    static String write(List<HttpListener> listeners) {
        StringBuilder yaml = new StringBuilder(HEAD)
                .append(
                        "# The targets are those of the machine Heatwire runs on. Keep the name of the job: alerts and dashboards\n")
                .append("# go by it, since others use some of the metric names for other things.\n")
                .append("scrape_configs:\n");
        Map<Boolean, List<String>> byToken = byToken(listeners);
        byToken.forEach((needsToken, targets) -> {
            // Two entries may not share a name; alerts and panels go by the label.
            boolean isSecond = byToken.size() > 1 && !needsToken;
            yaml.append(job(isSecond ? PromQl.JOB + "-open" : PromQl.JOB, needsToken, targets));
        });
        return yaml.toString();
    }

    private static Map<Boolean, List<String>> byToken(List<HttpListener> listeners) {
        Map<Boolean, List<String>> targets = new LinkedHashMap<>();
        listeners.forEach(listener -> targets.computeIfAbsent(listener.token() != null, any -> new ArrayList<>())
                .add(target(listener)));
        return targets;
    }

    private static String job(String name, boolean needsToken, List<String> targets) {
        return "  - job_name: " + name + "\n"
                + "    scrape_interval: 15s\n"
                + (needsToken ? "    authorization: { credentials_file: " + TOKEN_FILE + " }\n" : "")
                + "    static_configs:\n"
                + "      - targets: " + JsonText.of(targets) + "\n"
                + "        labels: { job: " + PromQl.JOB + " }\n";
    }

    private static String target(HttpListener listener) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") || host.equals("::") ? "localhost" : host;
        return (reachable.contains(":") ? "[" + reachable + "]" : reachable) + ":" + listener.port();
    }
}
