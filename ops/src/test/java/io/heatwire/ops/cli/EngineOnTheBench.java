package io.heatwire.ops.cli;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** heatwire run in this process, on ports of its own, until it is closed. */
final class EngineOnTheBench implements AutoCloseable {

    private static final List<String> PORTS = List.of(
            "APPLY_METRICS_PORT",
            "P26_METRICS_PORT",
            "HEAT_METRICS_PORT",
            "HEAT_HEALTH_PORT",
            "P27_METRICS_PORT",
            "P27_HEALTH_PORT",
            "HEATWIRE_HTTP_PORT");

    private final StopRequest stop = new StopRequest();
    private final StringWriter said = new StringWriter();
    private final CompletableFuture<Integer> run;
    private final String port;

    /** Starts it and waits until it is ready; these variables come over those of the bench. */
    EngineOnTheBench(CommandBench bench, Path wiring, Map<String, String> variables, String... options)
            throws InterruptedException {
        Map<String, String> environment = new HashMap<>(bench.environment);
        environment.putAll(variables);
        port = environment.getOrDefault("HEATWIRE_HTTP_PORT", "");
        List<String> args = new ArrayList<>(List.of("run", "--wiring", wiring.toString()));
        args.addAll(List.of(options));
        PrintWriter writer = new PrintWriter(said, true);
        Console console = new Console(writer, writer, environment, stop);
        run = CompletableFuture.supplyAsync(() -> Main.run(console, args.toArray(new String[0])));
        await().atMost(CommandBench.PATIENCE)
                .failFast(said.toString(), run::isDone)
                .until(this::isReady);
    }

    /** Free ports for all listeners of the shipped wiring, for this process and the commands. */
    static void choosePorts(CommandBench bench) throws IOException {
        List<ServerSocket> held = new ArrayList<>();
        for (String name : PORTS) {
            ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
            held.add(socket);
            bench.environment.put(name, Integer.toString(socket.getLocalPort()));
        }
        for (ServerSocket socket : held) {
            socket.close();
        }
    }

    private boolean isReady() throws InterruptedException {
        try {
            return get("/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** The value of the one series of this name, or the sum of all. */
    double metric(String name) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        stop.request();
        run.orTimeout(CommandBench.PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }
}
