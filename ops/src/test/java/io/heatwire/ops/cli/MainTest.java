package io.heatwire.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
                .contains("run ", "check ", "explain ", "acl ", "status ", "dead ", "demo ", "version ")
                .contains("78   the wiring or the environment is wrong", "HEATWIRE_LOG_LEVEL");
    }

    @Test
    void helpNamesTheOptionsOfACommand() {
        assertThat(run("help", "run")).isZero();
        assertThat(out.toString()).contains("Usage: heatwire run", "--wiring");
    }

    @Test
    void namesTheNearestCommandAndOption() {
        assertThat(run("rnu")).isEqualTo(64);
        assertThat(err.toString()).contains("unknown command 'rnu'; write run", "Try: heatwire --help");
        assertThat(run("run", "--wirnig", "x.yaml")).isEqualTo(64);
        assertThat(err.toString()).contains("unknown option '--wirnig'; write --wiring", "Try: heatwire run --help");
        assertThat(run("dead", "list")).isEqualTo(64);
        assertThat(err.toString()).contains("unknown command 'list'; write one of drop, ls, requeue, show");
        assertThat(run("explain", "W001", "W002")).isEqualTo(64);
        assertThat(err.toString()).contains("'W002' is more than it takes");
        assertThat(run("\u001b[31mrun")).isEqualTo(64);
        assertThat(err.toString()).doesNotContain("\u001b");
    }

    @Test
    void namesTheNearestStageWhenAnotherIsAskedFor() {
        assertThat(run("run", "--stage", "heat_gaet", "--wiring", "../ops/etc/heatwire.yaml"))
                .isEqualTo(78);
        assertThat(err.toString()).contains("heat_gaet", "-> write heat_gate");
    }

    @Test
    void everyCommandExplainsItself() {
        for (String command : new String[] {
            "run",
            "check",
            "explain",
            "acl",
            "status",
            "graph",
            "trace",
            "tap",
            "reload",
            "import-env",
            "schema",
            "demo",
            "version"
        }) {
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
    void importsAnEnvironmentFileIntoAWiringThatPassesTheCheck() throws IOException {
        Path env = Files.writeString(directory.resolve("heat-gate.env"), "T_HOT=0.8\nT_WRAM=0.1\n");
        Path wiring = directory.resolve("wiring.yaml");

        assertThat(run("import-env", env.toString(), "-o", wiring.toString())).isZero();
        assertThat(run("check", wiring.toString())).isZero();

        assertThat(wiring).content().contains("t_hot: 0.8");
        assertThat(err.toString())
                .contains("heat-gate.env:2: T_WRAM: not a name of the wiring; the nearest is T_WARM")
                .contains("heatwire: 1 variables taken, 1 notes");
        assertThat(run("import-env", env.toString(), "-o", wiring.toString())).isEqualTo(78);
        assertThat(run("import-env", directory.resolve("none.env").toString())).isEqualTo(78);
        Path nul = Files.writeString(directory.resolve("nul.env"), "A=1\nHEAT_LOG_LEVEL=de\0bug\n");
        assertThat(run("import-env", nul.toString())).isEqualTo(78);
        assertThat(err.toString()).contains("heatwire: " + nul + ":2: holds a NUL character, which no variable can");
        assertThat(err.toString()).contains("is there already", "there is no such file");
    }

    @Test
    void printsTheSchemaOfWiringFiles() {
        assertThat(run("schema")).isZero();
        assertThat(out.toString()).contains("json-schema.org/draft/2020-12/schema", "\"stage_heat_gate\"", "\"t_hot\"");
    }

    @Test
    void findsNoEngineToReload() {
        assertThat(run("reload", "--state-dir", directory.toString())).isEqualTo(69);
        assertThat(run("reload", "--state-dir", directory.toString(), "--wiring", "x"))
                .isEqualTo(64);
        assertThat(err.toString()).contains("no engine has left word in " + directory);
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

    @Test
    void checksAFileAsJsonAndAsSarifWithTheSameExitCode() throws IOException {
        Path good = Path.of("etc/heatwire.yaml");
        Path bad =
                Files.writeString(directory.resolve("bad name.yaml"), "heatwire: 1\nstages:\n  a: { operator: x }\n");

        assertThat(run("check", good.toString(), "--format", "json")).isZero();
        assertThat(run("check", good.toString(), "--format", "sarif")).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("check", bad.toString(), "--format", "JSON")).isEqualTo(78);
        assertThat(run("check", bad.toString(), "--format", "sarif")).isEqualTo(78);
        assertThat(err.toString()).isEmpty();
        assertThat(out.toString().lines())
                .hasSize(4)
                .allSatisfy(line ->
                        assertThat(JsonParser.parseString(line).isJsonObject()).isTrue());
        assertThat(run("check", bad.toString(), "--format", "xml")).isEqualTo(64);
    }

    @Test
    void saysInOneLineWhatIsWrongWithAFileThatCannotBeRead() throws IOException {
        Path empty = Files.writeString(directory.resolve("empty.yaml"), "");
        Path locked = Files.writeString(directory.resolve("locked.yaml"), "heatwire: 1");
        Files.setPosixFilePermissions(locked, Set.of());
        Path unset = Files.writeString(directory.resolve("unset.yaml"), "heatwire: ${NOT_SET_ANYWHERE}\nstages: {}\n");

        for (Path file : List.of(directory.resolve("absent.yaml"), directory, empty, locked, unset)) {
            assertThat(run("check", file.toString())).isEqualTo(78);
        }
        assertThat(err.toString().lines().filter(line -> line.contains(": W")))
                .hasSize(5)
                .anyMatch(line -> line.endsWith("absent.yaml: W001 there is no such file"))
                .anyMatch(line -> line.endsWith(": W001 this is a directory, not a file"))
                .anyMatch(line -> line.contains("empty.yaml") && line.contains(" W004 the file is empty"))
                .anyMatch(line -> line.contains("locked.yaml: W001 ") || line.contains("locked.yaml:"))
                .anyMatch(line ->
                        line.contains("unset.yaml:1:11: W012 the environment variable NOT_SET_ANYWHERE is not set"));
    }

    @Test
    void explainsACodeAndListsThemAll() {
        assertThat(run("explain", "w080")).isZero();
        assertThat(out.toString()).startsWith("W080 Nobody writes what is read").contains("Wrong:", "Right:", "Why:");
        assertThat(run("explain")).isZero();
        assertThat(out.toString()).contains("W096  error    It looks before the key can exist");
        assertThat(run("explain", "W08")).isEqualTo(64);
        assertThat(err.toString()).contains("there is no code 'W08'; did you mean W00");
    }

    private int run(String... args) {
        PrintWriter toOut = new PrintWriter(out, true);
        PrintWriter toErr = new PrintWriter(err, true);
        return Main.run(new Console(toOut, toErr, environment, new StopRequest()), args);
    }
}
