package io.heatwire.ops.cli;

import io.heatwire.operators.OperatorCatalog;
import io.heatwire.ops.service.Service;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import reactor.core.publisher.Mono;

/**
 * Loads what a start needs and ends, for the archive of classes that the installation makes. It talks to no Redis: the service is
 * started against a port where nobody answers, and what lies behind a connection is loaded by its names.
 */
@Command(
        name = "train",
        hidden = true,
        usageHelpWidth = 100,
        description = "Loads what a start needs and ends: used by the installation.")
final class TrainCommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int NOBODY = 1;
    private static final List<String> LOADED = List.of("io/heatwire/", "io/lettuce/core/", "reactor/core/publisher/");
    private static final List<String> LEFT_OUT = List.of(
            "io/heatwire/ops/demo/",
            "io/heatwire/localredis/",
            "io/lettuce/core/api/",
            "io/lettuce/core/cluster/",
            "io/lettuce/core/dynamic/",
            "io/lettuce/core/masterreplica/",
            "io/lettuce/core/sentinel/",
            "io/lettuce/core/support/");

    private final Console console;

    @Option(
            names = {"-w", "--wiring"},
            required = true,
            paramLabel = "FILE",
            description = "the wiring to start with")
    @SuppressWarnings("NullAway.Init")
    private Path wiring;

    TrainCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException, URISyntaxException {
        int port = freePort();
        Map<String, String> environment = Map.of(
                "REDIS_HOST", "127.0.0.1",
                "REDIS_PORT", Integer.toString(NOBODY),
                "APPLY_METRICS_PORT", "0",
                "P26_METRICS_PORT", "0",
                "HEAT_METRICS_PORT", "0",
                "HEAT_HEALTH_PORT", "0",
                "P27_METRICS_PORT", "0",
                "P27_HEALTH_PORT", "0",
                "HEATWIRE_HTTP_PORT", Integer.toString(port));
        WiringResult result = Wiring.load(wiring, environment, OperatorCatalog.all(), Set.of());
        if (!(result instanceof WiringResult.Ready ready)) {
            console.err().print(result.render());
            console.err().flush();
            return Exit.CONFIGURATION;
        }
        ready.plan().live().run(new TrainingLink(), PATIENCE).block(PATIENCE);
        startAndStop(ready, port);
        console.out().println(loadTheRest() + " classes loaded");
        return Exit.OK;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void startAndStop(WiringResult.Ready ready, int port) {
        Service service = Service.open(ready, false).blockOptional().orElseThrow();
        service.start()
                .takeUntilOther(Mono.fromCallable(() -> asked(port)))
                .then(service.stop())
                .block(PATIENCE);
    }

    private static boolean asked(int port) throws IOException {
        for (String page : List.of("/health", "/metrics", "/ready")) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                String request = "GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                InputStream answer = socket.getInputStream();
                answer.transferTo(OutputStream.nullOutputStream());
            }
        }
        return true;
    }

    private static int loadTheRest() throws IOException, URISyntaxException {
        Path own = Path.of(TrainCommand.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (!Files.isRegularFile(own)) {
            return 0;
        }
        try (JarFile jar = new JarFile(own.toFile())) {
            return (int) jar.stream()
                    .map(ZipEntry::getName)
                    .filter(TrainCommand::isWanted)
                    .filter(TrainCommand::isLoaded)
                    .count();
        }
    }

    private static boolean isWanted(String name) {
        return name.endsWith(".class")
                && LOADED.stream().anyMatch(name::startsWith)
                && LEFT_OUT.stream().noneMatch(name::startsWith);
    }

    /** Not what needs a library that is not there: nobody will miss it. */
    private static boolean isLoaded(String name) {
        String type = name.substring(0, name.length() - ".class".length()).replace('/', '.');
        try {
            Class.forName(type, false, TrainCommand.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError incomplete) {
            return false;
        }
    }
}
