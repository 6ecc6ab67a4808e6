package io.heatwire.ops.cli;

import io.heatwire.ops.dashboards.MonitoringFiles;
import io.heatwire.wiring.WiringPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes what Prometheus and Grafana need to watch a wiring. */
@Command(
        name = "dashboards",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        usageHelpWidth = 100,
        description = {
            "Writes dashboards for Grafana, and scrape configuration and alerts for Prometheus, made from a wiring.",
            "Touches no Redis and no Prometheus."
        },
        footer = {
            "%nWritten: DIR/grafana/*.json, DIR/grafana/provisioning/heatwire.yaml, DIR/prometheus/scrape.yaml and rules.yaml.",
            "Targets and thresholds are those of the wiring in the present environment.",
            "%nExit code 0; with --check 1 when a file is missing or says something else; 69 when a file cannot be written, 78 when"
                    + " the wiring is refused or serves no metrics."
        })
final class DashboardsCommand implements Callable<Integer> {

    private final Console console;

    @Mixin
    private WiringOption wiring = new WiringOption();

    @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the files go")
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Option(names = "--check", description = "write nothing: say whether the files are what would be written")
    private boolean onlyCheck;

    @Option(
            names = "--runbook",
            paramLabel = "URL",
            defaultValue = MonitoringFiles.RUNBOOK,
            description = "where the alerts' runbook is (${DEFAULT-VALUE})")
    private String runbook = MonitoringFiles.RUNBOOK;

    DashboardsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        return wiring.load(console, ready -> make(ready.plan()));
    }

    private int make(WiringPlan plan) {
        Optional<Map<String, String>> files = MonitoringFiles.of(plan, runbook);
        if (files.isEmpty()) {
            console.err()
                    .println("heatwire: no listener of " + wiring.file()
                            + " serves metrics; add one under http: with serve: [metrics]");
            return Exit.CONFIGURATION;
        }
        int worst = Exit.OK;
        for (Map.Entry<String, String> file : files.get().entrySet()) {
            Path path = directory.resolve(file.getKey());
            worst = Math.max(worst, onlyCheck ? compare(path, file.getValue()) : write(path, file.getValue()));
        }
        return worst;
    }

    private int compare(Path path, String expected) {
        try {
            boolean isSame = Files.exists(path) && Files.readString(path).equals(expected);
            console.out().println((isSame ? "same     " : Files.exists(path) ? "differs  " : "missing  ") + path);
            return isSame ? Exit.OK : Exit.PARTLY;
        } catch (IOException unreadable) {
            return complain("cannot read " + path, unreadable);
        }
    }

    private int write(Path path, String text) {
        try {
            Path parent = path.getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.writeString(path, text);
            console.out().println("written  " + path);
            return Exit.OK;
        } catch (IOException unwritable) {
            return complain("cannot write " + path, unwritable);
        }
    }

    private int complain(String what, IOException trouble) {
        console.err().println("heatwire: " + what + ": " + WriteTrouble.reason(trouble));
        return Exit.UNAVAILABLE;
    }
}
