package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The systemd of this machine, booted once more beside it by {@code ops/deb/boot-systemd}: what is done in there is gone with it. Should
 * these tests be killed, it ends with their end of the pipe.
 */
final class BootedSystem implements AutoCloseable {

    private static final Path SCRIPT =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../deb/boot-systemd");
    private static final String UP = "up ";

    private final Process holding;
    private final String init;

    private BootedSystem(Process holding, String init) {
        this.holding = holding;
        this.init = init;
    }

    /** Boots; the tests that need it are skipped loudly where that is not possible. */
    static BootedSystem start() throws IOException {
        assumeThat(System.getProperty("os.name"))
                .as("no systemd can be booted here")
                .isEqualTo("Linux");
        Process process = new ProcessBuilder(Run.hearingSignals(List.of(SCRIPT.toString(), "--hold")))
                .redirectErrorStream(true)
                .start();
        List<String> said = new ArrayList<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(UP)) {
                return new BootedSystem(process, line.substring(UP.length()));
            }
            said.add(line);
        }
        assumeThat(said).as("no systemd can be booted here").isNull();
        throw new AssertionError("not reached");
    }

    /** Runs a command in there to its end. */
    Run run(String... command) throws IOException, InterruptedException {
        return Run.of(entering(command));
    }

    /** Runs lines of a shell in there, which have to succeed; returns what they print. */
    String shell(String lines) throws IOException, InterruptedException {
        Run run = run("bash", "-euc", lines);
        assertThat(run.exitCode()).as(lines + "\n" + run.output()).isZero();
        return run.output().strip();
    }

    /** Puts a file of this machine in there. */
    void put(Path file, String path) throws IOException, InterruptedException {
        Process copying = new ProcessBuilder(entering("sh", "-c", "cat > " + path))
                .redirectInput(file.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(copying.waitFor()).as(path).isZero();
    }

    /** What systemd knows of a unit. */
    String property(String unit, String name) throws IOException, InterruptedException {
        return shell("systemctl show --property=" + name + " --value " + unit);
    }

    private List<String> entering(String... command) {
        return Stream.concat(
                        Stream.of(
                                "nsenter",
                                "--all",
                                "--target",
                                init,
                                "env",
                                "-i",
                                "LANG=C.UTF-8",
                                "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
                        Stream.of(command))
                .toList();
    }

    @Override
    public void close() throws IOException {
        holding.getOutputStream().close();
        try {
            assertThat(holding.waitFor(30, TimeUnit.SECONDS))
                    .as("boot-systemd ends with its standard input")
                    .isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
