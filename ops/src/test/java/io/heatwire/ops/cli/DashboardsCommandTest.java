package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DashboardsCommandTest {

    private static final String SHIPPED = "etc/heatwire.yaml";

    private final Map<String, String> environment = new HashMap<>();
    private StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;

    private int run(String... arguments) {
        out = new StringWriter();
        return Main.run(
                new Console(new PrintWriter(out, true), new PrintWriter(err, true), environment, new StopRequest()),
                arguments);
    }

    @Test
    void writesTheFilesAndSaysLaterWhetherTheyAreStillWhatTheWiringAsksFor() throws IOException {
        String into = directory.resolve("monitoring").toString();
        assertThat(run("dashboards", "--wiring", SHIPPED, "--out", into)).isZero();
        assertThat(out.toString().lines()).hasSize(6).allMatch(line -> line.startsWith("written  " + into));

        assertThat(run("dashboards", "--wiring", SHIPPED, "--out", into, "--check"))
                .isZero();
        assertThat(out.toString().lines()).allMatch(line -> line.startsWith("same     "));

        environment.put("HEATWIRE_HTTP_PORT", "9999");
        Path board = directory.resolve("monitoring/grafana/heatwire-heat.json");
        Files.delete(board);
        assertThat(run("dashboards", "--wiring", SHIPPED, "--out", into, "--check"))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("differs  " + into + "/prometheus/scrape.yaml", "missing  " + board, "same     ");
        assertThat(board).doesNotExist();
    }

    @Test
    void refusesAWiringThatServesNoMetricsAndSaysWhatToWrite() {
        assertThat(run("dashboards", "--wiring", "etc/examples/sensors.yaml", "--out", directory.toString()))
                .isEqualTo(78);
        assertThat(err.toString()).contains("serves metrics; add one under http:");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void saysWhichFileItCannotWrite() throws IOException {
        Path inTheWay = Files.writeString(directory.resolve("file"), "");

        assertThat(run("dashboards", "--wiring", SHIPPED, "--out", inTheWay.toString()))
                .isEqualTo(69);
        assertThat(err.toString())
                .contains("heatwire: cannot write " + inTheWay + "/")
                .doesNotContain("\tat ");
    }
}
