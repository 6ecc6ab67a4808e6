package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder in which the commands of a guide run as on a machine of their own: the built heatwire, redis-cli and a Redis on the usual
 * port, /etc inside the folder, and a stand-in for systemctl.
 */
final class GuideShell {

    private static final Path OPS =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("..");
    private static final Path STAND_INS = OPS.resolve("src/test/resources/guide");
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Path folder;
    private final Path place;
    private final LocalRedis redis;
    private final int port = ServiceProcess.freePort();
    private final Map<String, String> environment = new HashMap<>();
    private final List<Process> running = new ArrayList<>();
    private final StringBuilder printed = new StringBuilder();

    GuideShell(Path folder, Path redisCli) throws IOException {
        this.folder = folder;
        this.place = Files.createDirectory(folder.resolve("place"));
        this.redis = LocalRedis.start(RedisBinary.forTests());
        Files.createDirectories(folder.resolve("etc/heatwire"));
        Files.createDirectory(folder.resolve("units.d"));
        ToolFolder tools = new ToolFolder(folder);
        tools.add(OPS.resolve("bin/heatwire"));
        try (Stream<Path> standIns = Files.list(STAND_INS)) {
            for (Path standIn : standIns.toList()) {
                tools.add(standIn);
            }
        }
        environment.put("PATH", tools.before(System.getenv("PATH")));
        environment.put("GUIDE_ROOT", folder.toString());
        environment.put("GUIDE_SHIPPED", ServiceProcess.WIRING.toRealPath().toString());
        environment.put("GUIDE_REDIS_CLI", redisCli.toString());
        environment.put("HEATWIRE_JAVA", Run.java());
        environment.put("HEATWIRE_JAR", System.getProperty("heatwire.jar"));
        environment.put("HEATWIRE_HTTP_PORT", Integer.toString(port));
        environment.put("HEATWIRE_STATE_DIR", folder.resolve("state").toString());
        environment.put("REDIS_HOST", redis.host());
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", redis.password());
        ServiceProcess.PORT_NAMES.forEach(name -> environment.put(name, "0"));
    }

    /** Where redis-cli is, if it is to be had. */
    static Optional<Path> redisCli() {
        Path fetched = OPS.resolve("../.tools/redis-tools/redis-cli");
        if (Files.isExecutable(fetched)) {
            return Optional.of(fetched.toAbsolutePath());
        }
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(directory -> Path.of(directory, "redis-cli"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Does what the block says; what it prints is kept for the block behind it. */
    void take(GuideBlock block) throws Exception {
        String text = here(block.text());
        if (block.isFile()) {
            Path file = place.resolve(here(block.path()));
            Files.createDirectories(file.getParent());
            Files.writeString(file, text + "\n");
        } else if (block.isRun() && text.startsWith("heatwire run")) {
            startInASecondTerminal(text);
        } else if (block.isRun()) {
            run(text, block);
        } else if (block.isPrinted()) {
            assertThat(GuidePrint.missing(text, printed.toString()))
                    .as("line " + block.line() + ", printed was:\n" + printed)
                    .isEmpty();
            printed.setLength(0);
        }
    }

    /** The usual ports and places, moved to where they do no harm. */
    String here(String text) {
        return text.replace("/etc/", folder + "/etc/").replace("8090", Integer.toString(port));
    }

    private void run(String commands, GuideBlock block) throws Exception {
        Run run = run(commands);
        assertThat(run.exitCode())
                .as("line " + block.line() + ":\n" + run.output())
                .isZero();
        printed.append(run.output());
    }

    /** Runs it to its end, whatever its exit code. */
    Run run(String commands) throws Exception {
        Path output = Files.createTempFile(folder, "output", "");
        Process process = start(commands, output);
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as(commands + " ends: " + Files.readString(output))
                .isTrue();
        return new Run(process.exitValue(), Files.readString(output));
    }

    private void startInASecondTerminal(String command) throws IOException {
        Path log = Files.createTempFile(folder, "log", "");
        Process process = start("exec " + command, log);
        running.add(process);
        Files.writeString(folder.resolve("second-terminal"), Long.toString(process.pid()));
        await().atMost(PATIENCE).until(() -> runs() || !process.isAlive());
        assertThat(process.isAlive()).as(Files.readString(log)).isTrue();
    }

    private boolean runs() {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health"))
                    .build();
            String health =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString()).body();
            return health.contains("\"state\": \"running\"") && !health.contains("\"state\": \"starting\"");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Process start(String commands, Path output) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        Run.hearingSignals(List.of("/bin/bash", "-euo", "pipefail", "-c", commands)))
                .directory(place.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return process;
    }

    /** Ends what the guide left running; an engine that does not end in good order is a fault. */
    void stop() throws IOException, InterruptedException {
        for (Process process : running) {
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
        stopUnits();
    }

    private void stopUnits() throws IOException, InterruptedException {
        Process units =
                start("cd \"$GUIDE_ROOT/units.d\"; shopt -s nullglob; systemctl stop *", folder.resolve("units"));
        assertThat(units.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Whatever became of the guide, nothing is left behind. */
    void kill() throws IOException, InterruptedException {
        running.forEach(Process::destroyForcibly);
        stopUnits();
        redis.close();
    }
}
