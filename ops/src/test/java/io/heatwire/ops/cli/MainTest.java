package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MainTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Map<String, String> environment = new HashMap<>();

    @TempDir
    private Path directory;

    @AfterEach
    void neverShowsAStackTrace() {
        assertThat(out + err.toString()).doesNotContain("\tat ", "Exception");
    }

    @Test
    void printsItsVersion() {
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("heatwire 0.").contains("Java " + Runtime.version());
    }

    @Test
    void explainsItselfWithExitCodesAndEnvironment() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("run ", "check ", "status ", "dead ", "demo ", "version ")
                .contains("78   the wiring or the environment is wrong", "HEATWIRE_LOG_LEVEL");
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : new String[] {"run", "check", "status", "demo", "version"}) {
            assertThat(run(command, "--help")).isZero();
        }
        for (String command : new String[] {"ls", "show", "requeue", "drop"}) {
            assertThat(run("dead", command, "--help")).isZero();
        }
        assertThat(out.toString())
                .contains("--wiring=FILE", "--only=STAGE", "--market=FILE.csv.gz", "--redis=URL")
                .contains("--to-all-groups", "--again", "--yes", "--full");
    }

    @Test
    void asksForACommandWithExit64() {
        assertThat(run()).isEqualTo(64);
        assertThat(run("dead")).isEqualTo(64);
        assertThat(err.toString()).contains("Usage: heatwire");
    }

    @Test
    void refusesACommandLineItDoesNotUnderstandWithExit64() {
        assertThat(run("rum")).isEqualTo(64);
        assertThat(run("run")).isEqualTo(64);
        assertThat(run("run", "--wiring", "a", "--fast")).isEqualTo(64);
        assertThat(run("demo", "--duration", "soon")).isEqualTo(64);
        assertThat(run("demo", "--speed", "0.5")).isEqualTo(64);
        assertThat(run("demo", "--speed", "NaN")).isEqualTo(64);
        assertThat(err.toString())
                .contains("heatwire: Missing required option: '--wiring=FILE'")
                .contains("'soon' is not a time such as 90s, 5m or 1h")
                .contains("--speed must be from 1 to 1000000")
                .contains("Try: heatwire run --help");
    }

    @Test
    void refusesARedisUrlWithoutShowingItsPassword() {
        assertThat(run("demo", "--redis", "http://user:s3cret@host:1/0")).isEqualTo(64);
        assertThat(err.toString()).contains("--redis: not a Redis URL").doesNotContain("s3cret");
    }

    @Test
    void refusesBadBarsWithExit64() throws IOException {
        Path bars = Files.writeString(directory.resolve("bars.csv.gz"), "not gzip");

        assertThat(run("demo", "--market", bars.toString())).isEqualTo(64);
        assertThat(err.toString()).contains("heatwire: " + bars + ": not a gzip file");
    }

    @Test
    void refusesAWrongLogLevelOrFormatWithExit78() {
        environment.put("HEATWIRE_LOG_LEVEL", "loud");
        assertThat(run("version")).isEqualTo(78);
        environment.put("HEATWIRE_LOG_LEVEL", "WARN");
        environment.put("HEATWIRE_LOG_FORMAT", "xml");
        assertThat(run("version")).isEqualTo(78);
        assertThat(err.toString())
                .contains("heatwire: HEATWIRE_LOG_LEVEL is 'loud', expected one of trace, debug, info, warn, error")
                .contains("heatwire: HEATWIRE_LOG_FORMAT is 'xml', expected one of text, json");
    }

    @Test
    void refusesAWiringThatIsNotThereWithExit78() {
        String absent = directory.resolve("absent.yaml").toString();

        assertThat(run("check", absent)).isEqualTo(78);
        assertThat(run("run", "--wiring", absent)).isEqualTo(78);
        assertThat(err.toString()).contains(absent);
    }

    private int run(String... args) {
        PrintWriter toOut = new PrintWriter(out, true);
        PrintWriter toErr = new PrintWriter(err, true);
        return Main.run(new Console(toOut, toErr, environment, new StopRequest()), args);
    }
}
