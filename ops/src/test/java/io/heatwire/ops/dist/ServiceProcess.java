package io.heatwire.ops.dist;

import static org.awaitility.Awaitility.await;

import io.heatwire.localredis.LocalRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The production jar running the shipped wiring, as systemd would. */
final class ServiceProcess {

    static final Path WIRING = Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../etc/heatwire.yaml");
    static final List<String> PORT_NAMES = List.of(
            "APPLY_METRICS_PORT",
            "P26_METRICS_PORT",
            "HEAT_METRICS_PORT",
            "HEAT_HEALTH_PORT",
            "P27_METRICS_PORT",
            "P27_HEALTH_PORT");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final int port;
    private final Path log;

    private ServiceProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /** Starts it with one listener on this port; the contract's own ports may be in use on the machine that builds. */
    static ServiceProcess start(LocalRedis redis, int port, Path directory, Map<String, String> environment)
            throws IOException {
        return start(redis, port, directory, WIRING, environment);
    }

    /** The same with a wiring and options of its own; word for heatwire reload is left in the directory. */
    static ServiceProcess start(
            LocalRedis redis, int port, Path directory, Path wiring, Map<String, String> environment, String... options)
            throws IOException {
        return startBehind(Run.hearingSignals(List.of()), redis, port, directory, wiring, environment, options);
    }

    /** The same, as the last words of another command. */
    static ServiceProcess startBehind(
            List<String> before,
            LocalRedis redis,
            int port,
            Path directory,
            Path wiring,
            Map<String, String> environment,
            String... options)
            throws IOException {
        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Run.java(),
                "-jar",
                System.getProperty("heatwire.jar"),
                "run",
                "--state-dir",
                directory.toString(),
                "--wiring",
                wiring.toString()));
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        PORT_NAMES.forEach(name -> builder.environment().put(name, "0"));
        builder.environment().put("HEATWIRE_HTTP_PORT", Integer.toString(port));
        builder.environment().put("REDIS_HOST", redis.host());
        builder.environment().put("REDIS_PORT", Integer.toString(redis.port()));
        builder.environment().put("REDIS_PASSWORD", redis.password());
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new ServiceProcess(process, port, log);
    }

    Process process() {
        return process;
    }

    ServiceProcess awaitReady() {
        await().atMost(PATIENCE).until(() -> status("/ready") == 200);
        return this;
    }

    /** As kill -9 does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    String output() throws IOException {
        return Files.readString(log);
    }

    /** What it said last of all. */
    String lastLine() throws IOException {
        return output().lines().reduce("", (before, line) -> line);
    }

    String body(String path) throws IOException, InterruptedException {
        return get(path).body();
    }

    /** The sum of all series of a counter. */
    long counter(String name) throws IOException, InterruptedException {
        return body("/metrics")
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private int status(String path) {
        try {
            return get(path).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
