package io.heatwire.ops.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The files under ops/grafana and ops/prometheus; with -Dheatwire.dashboards.write=true they are written anew. */
final class ShippedMonitoringTest {

    private static final Pattern HEADING = Pattern.compile("(?m)^## (Heat[A-Za-z]+)$");
    private static final Pattern TESTED = Pattern.compile("alertname=\"(\\w+)\".*exp_samples: \\[(.*)]");
    private static final Pattern LABEL = Pattern.compile("\\$labels\\.(\\w+)");
    private static final Pattern GROUPED = Pattern.compile("by \\(([^)]*)\\)");

    private final WiringPlan shipped = plan(Path.of("etc/heatwire.yaml"));

    private static WiringPlan plan(Path wiring) {
        return ((WiringResult.Ready) Wiring.load(wiring, Map.of(), OperatorCatalog.all())).plan();
    }

    private static List<Alert> alerts(WiringPlan plan) {
        return Alerts.of(Scope.of(plan)).values().stream().flatMap(List::stream).toList();
    }

    @TestFactory
    Stream<DynamicTest> theCommittedFilesAreThoseOfTheShippedWiring() {
        return MonitoringFiles.of(shipped, MonitoringFiles.RUNBOOK).orElseThrow().entrySet().stream()
                .map(file -> DynamicTest.dynamicTest(file.getKey(), () -> compare(file.getKey(), file.getValue())));
    }

    private static void compare(String name, String expected) throws IOException {
        Path file = Path.of(name);
        if (Boolean.getBoolean("heatwire.dashboards.write")) {
            Files.writeString(file, expected);
        }
        assertThat(file)
                .as("run this test with -Dheatwire.dashboards.write=true")
                .exists();
        assertThat(Files.readString(file))
                .as("run this test with -Dheatwire.dashboards.write=true and commit the files")
                .isEqualTo(expected);
    }

    @Test
    void everyAlertHasAnEntryInTheRunbookAndEveryEntryAnAlert() throws IOException {
        String runbook = Files.readString(Path.of("../docs/runbook.md"));

        assertThat(HEADING.matcher(runbook).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(
                        alerts(shipped).stream().map(Alert::name).toList());
    }

    @Test
    void everyAlertIsTestedWhereItFiresAndWhereItIsSilent() throws IOException {
        Set<String> fires = new HashSet<>();
        Set<String> isSilent = new HashSet<>();
        try (Stream<Path> files = Files.list(Path.of("prometheus/tests"))) {
            for (Path file : files.toList()) {
                TESTED.matcher(Files.readString(file))
                        .results()
                        .forEach(found -> (found.group(2).isEmpty() ? isSilent : fires).add(found.group(1)));
            }
        }
        List<String> names = alerts(shipped).stream().map(Alert::name).toList();

        assertThat(fires).containsExactlyInAnyOrderElementsOf(names);
        assertThat(isSilent).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void everyMetricOfAPanelOrAnAlertIsDeclaredInTheCode() {
        Scope scope = Scope.of(shipped);
        Set<String> spoken = Stream.concat(
                        Stream.concat(
                                        EngineAlerts.all().stream(),
                                        Stream.concat(EdgeAlerts.of(scope).stream(), HeatAlerts.of(scope).stream()))
                                .map(Alert::expression),
                        Stream.of(EngineBoard.board(), HeatBoard.board(scope), OperatorBoard.board(scope))
                                .flatMap(board -> board.rows().stream())
                                .flatMap(row -> row.panels().stream())
                                .flatMap(panel -> panel.queries().stream())
                                .map(Panel.Query::expression))
                .flatMap(expression -> PromQl.metrics(expression).stream())
                .collect(Collectors.toSet());

        assertThat(spoken).hasSizeGreaterThan(60).allMatch(metric -> scope.has(metric + "{}"));
    }

    @Test
    void everyMeterOfTheEngineIsShownExceptThoseThatSayTheSameAsAnother() {
        Set<String> shown = EngineBoard.board().rows().stream()
                .flatMap(row -> row.panels().stream())
                .flatMap(panel -> panel.queries().stream())
                .flatMap(query -> PromQl.metrics(query.expression()).stream())
                .map(metric -> metric.replaceFirst("_(bucket|sum|count)$", ""))
                .collect(Collectors.toSet());

        assertThat(ProcessMeters.all())
                .as("show it on EngineBoard, or name it here")
                .extracting(meter -> meter.name())
                .filteredOn(name -> !shown.contains(name))
                .containsExactlyInAnyOrder(
                        "heatwire_edge_state_seconds",
                        "heatwire_coverage_expected",
                        "heatwire_coverage_found",
                        "heatwire_epochs_total",
                        "heatwire_consumers_removed_total",
                        "heatwire_reload_last_epoch_seconds");
    }

    @Test
    void aSummaryNamesOnlyLabelsThatItsExpressionKeeps() {
        assertThat(alerts(shipped)).allSatisfy(alert -> {
            Set<String> kept = GROUPED.matcher(alert.expression())
                    .results()
                    .flatMap(found -> Stream.of(found.group(1).split(", ")))
                    .collect(Collectors.toSet());
            kept.addAll(alert.expression().startsWith("up{}") ? Set.of("instance") : Set.of());
            assertThat(LABEL.matcher(alert.summary()).results().map((MatchResult found) -> found.group(1)))
                    .as(alert.name())
                    .isSubsetOf(kept);
            assertThat(alert.description()).doesNotContain("$");
        });
    }

    @Test
    void whatSpeaksOfOperatorsThatAWiringDoesNotHaveIsLeftOut(@TempDir Path directory) throws IOException {
        String example = Files.readString(Path.of("etc/examples/sensors.yaml"));
        WiringPlan sensors = plan(Files.writeString(
                directory.resolve("sensors.yaml"), example + "\nhttp:\n  - { port: 8090, serve: [metrics] }\n"));

        assertThat(alerts(sensors))
                .extracting(Alert::name)
                .contains("HeatwireEdgeStarved", "HeatwireStageDown")
                .noneMatch(name -> name.matches("Heat(Coverage|Late|Redis|Unknown|Downgrade).*"));
        assertThat(MonitoringFiles.of(sensors, "https://wiki/runbook").orElseThrow())
                .containsKeys("grafana/heatwire-engine.json", "grafana/heatwire-operators.json")
                .doesNotContainKey("grafana/heatwire-heat.json")
                .hasEntrySatisfying(
                        "prometheus/rules.yaml",
                        rules -> assertThat(rules).contains("runbook_url: \"https://wiki/runbook#heatwirestagedown\""));
    }
}
