package io.heatwire.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A redis-server process bound to 127.0.0.1 with a random port and password and a directory of its own. Closing it ends the
 * process and removes the directory.
 */
public final class LocalRedis implements AutoCloseable {

    private static final int START_ATTEMPTS = 1200;
    private static final long ATTEMPT_MS = 25;

    private final Path binary;
    private final Remains remains;
    private final int port;
    private final String password;
    private final List<String> options;
    private Process process;

    private LocalRedis(Path binary, Remains remains, int port, String password, List<String> options, Process process) {
        this.binary = binary;
        this.remains = remains;
        this.port = port;
        this.password = password;
        this.options = options;
        this.process = process;
    }

    /**
     * Starts a server and waits until it answers.
     *
     * @param binary the redis-server or valkey-server to run
     * @param options further command line options, for example {@code --appendonly yes}; persistence is off unless they turn it on
     * @throws IllegalStateException when it does not come up; the message carries what it printed
     */
    public static LocalRedis start(Path binary, String... options) {
        return start(binary, randomPassword(), List.of(options));
    }

    /** The same with a given password: servers that replicate each other share one. */
    static LocalRedis start(Path binary, String password, List<String> all) {
        Remains remains = Remains.inNewDirectory();
        IllegalStateException last = new IllegalStateException("redis-server was not started");
        // A free port can be taken by another process between asking and binding: try a few.
        for (int attempt = 0; attempt < 5; attempt++) {
            int port = freePort();
            try {
                Process process = launch(binary, remains, port, password, all);
                return new LocalRedis(binary, remains, port, password, all, process);
            } catch (IllegalStateException notUp) {
                last = notUp;
            }
        }
        remains.close();
        throw last;
    }

    /** Always 127.0.0.1. */
    public String host() {
        return "127.0.0.1";
    }

    /** The TCP port. */
    public int port() {
        return port;
    }

    /** The password every client must give. */
    public String password() {
        return password;
    }

    /** The server's own directory: persistence files and its log. */
    public Path directory() {
        return remains.directory();
    }

    /** The process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends the process at once, as kill -9 does. */
    public void kill() {
        remains.kill();
    }

    /** Sends the process a signal, for example {@code STOP}. */
    public void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
        } catch (IOException cannotRun) {
            throw new UncheckedIOException("cannot run kill", cannotRun);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts it again after {@link #kill()} on the same port, with the same directory and password. */
    public void restart() {
        process = launch(binary, remains, port, password, options);
    }

    @Override
    public void close() {
        remains.close();
    }

    private static Process launch(Path binary, Remains remains, int port, String password, List<String> options) {
        Path log = remains.directory().resolve("redis.log");
        Process process =
                remains.start(command(binary.toAbsolutePath(), remains.directory(), port, password, options), log);
        for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
            if (RedisPing.answers(port, password)) {
                return process;
            }
            pause();
        }
        remains.kill();
        throw new IllegalStateException(binary + " did not come up on port " + port + ": " + tail(log));
    }

    private static List<String> command(Path binary, Path directory, int port, String password, List<String> options) {
        List<String> command = new ArrayList<>(List.of(binary.toString()));
        command.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--requirepass", password));
        command.addAll(List.of("--save", "", "--appendonly", "no", "--dir", directory.toString(), "--daemonize", "no"));
        command.addAll(options);
        return command;
    }

    static String tail(Path log) {
        try {
            List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
            return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
        } catch (IOException unreadable) {
            return "no output";
        }
    }

    static void pause() {
        try {
            Thread.sleep(ATTEMPT_MS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException none) {
            throw new UncheckedIOException("no free port on loopback", none);
        }
    }

    static String randomPassword() {
        byte[] random = new byte[16];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
