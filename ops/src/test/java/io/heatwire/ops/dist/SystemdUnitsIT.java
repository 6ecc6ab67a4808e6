package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The units, as systemd itself judges them; that takes no running systemd. */
final class SystemdUnitsIT {

    private static final Path OPS =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("..");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"heatwire.service,heatwire.service", "heatwire@.service,heatwire@heat_gate.service"})
    void areUnderstoodToTheLastWord(String file, String unit) throws Exception {
        Run run = analyze("verify", "--man=no", installed(file, unit));

        // An unknown key is a line on standard error, and no failure.
        assertThat(run.output()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"heatwire.service,heatwire.service", "heatwire@.service,heatwire@heat_gate.service"})
    void leaveLittleToAnAttacker(String file, String unit) throws Exception {
        Run run = analyze("security", "--offline=true", "--threshold=15", "--no-pager", installed(file, unit));

        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(run.output()).contains("Overall exposure level for " + unit);
    }

    @Test
    void leaveTheListenerOfEverythingToOneProcessUnlessTheFileOfAStageSaysOtherwise() throws Exception {
        // Each file wins over those before it, and all of them over Environment=.
        assertThat(Files.readAllLines(OPS.resolve("systemd/heatwire@.service")))
                .filteredOn(line -> line.startsWith("Environment"))
                .containsExactly(
                        "EnvironmentFile=-/etc/heatwire/heatwire.env",
                        "EnvironmentFile=/usr/share/heatwire/one-stage.env",
                        "EnvironmentFile=-/etc/heatwire/%i.env");
        assertThat(Files.readAllLines(OPS.resolve("deb/one-stage.env"))).contains("HEATWIRE_HTTP_PORT=0");
    }

    @Test
    void letOneAskTheOtherAndKeepTheirDirectoriesApart() throws Exception {
        for (String file : List.of("heatwire.service", "heatwire@.service")) {
            assertThat(Files.readAllLines(OPS.resolve("systemd").resolve(file)))
                    .as("a reload could not see the engine")
                    .noneMatch(line -> line.matches("PrivateUsers=.*|PrivatePIDs=.*"))
                    // What is below the directory of another unit goes when that one stops.
                    .anyMatch(line -> line.matches("RuntimeDirectory=heatwire(-%i)?"));
        }
    }

    private static Run analyze(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(Tools.needed("systemd-analyze")));
        command.addAll(List.of(arguments));
        return Run.of(command, Map.of("SYSTEMD_COLORS", "0"));
    }

    /** The program has to be where the unit says; here it is where it was built. */
    private String installed(String file, String unit) throws IOException {
        String text = Files.readString(OPS.resolve("systemd").resolve(file));
        String here = OPS.resolve("bin/heatwire").toRealPath().toString();
        return Files.writeString(directory.resolve(unit), text.replace("/usr/bin/heatwire", here))
                .toString();
    }
}
