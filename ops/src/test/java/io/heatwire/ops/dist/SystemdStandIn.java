package io.heatwire.ops.dist;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Takes the messages that a service sends to systemd, where no systemd runs. */
final class SystemdStandIn implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The JDK has no datagrams to Unix sockets. */
    private static final String LISTEN = """
            import socket, sys
            listener = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            listener.bind(sys.argv[1])
            while True:
                print(listener.recv(65536).decode(), flush=True)
            """;

    private final Process process;
    private final Path socket;
    private final Path messages;

    private SystemdStandIn(Process process, Path socket, Path messages) {
        this.process = process;
        this.socket = socket;
        this.messages = messages;
    }

    static SystemdStandIn start(Path directory) throws IOException {
        Tools.needed("systemd-notify");
        Path socket = directory.resolve("notify");
        Path messages = directory.resolve("messages");
        Process process = new ProcessBuilder(Tools.needed("python3"), "-c", LISTEN, socket.toString())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        await().atMost(PATIENCE).until(() -> Files.exists(socket));
        return new SystemdStandIn(process, socket, messages);
    }

    String socket() {
        return socket.toString();
    }

    List<String> heard() throws IOException {
        return Files.readAllLines(messages).stream()
                .filter(line -> !line.startsWith("BARRIER="))
                .toList();
    }

    long times(String message) throws IOException {
        return heard().stream().filter(message::equals).count();
    }

    void awaitMore(String message, long than) {
        await().atMost(PATIENCE).until(() -> times(message) > than);
    }

    void awaitMatch(String pattern) {
        await().atMost(PATIENCE).until(() -> heard().stream().anyMatch(line -> line.matches(pattern)));
    }

    /** A PATH on which the service finds the program it sends with. */
    String path() {
        return Path.of(Tools.needed("systemd-notify")).getParent() + ":" + System.getenv("PATH");
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
