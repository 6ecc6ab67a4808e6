package io.heatwire.localredis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One sentinel on loopback. It keeps its own notes in its configuration file, so each has a directory of its own. */
final class SentinelProcess implements AutoCloseable {

    private static final int START_ATTEMPTS = 200;
    private static final String LOG = "sentinel.log";

    private final Remains remains;
    private final int port;
    private final String password;
    private final Process process;

    private SentinelProcess(Remains remains, int port, String password, Process process) {
        this.remains = remains;
        this.port = port;
        this.password = password;
        this.process = process;
    }

    /**
     * Starts one that watches a primary and waits until it answers.
     *
     * @param primary the server to watch, under {@link SentinelRedis#MASTER}
     * @param password what its clients and the other sentinels must give
     */
    static SentinelProcess start(Path binary, LocalRedis primary, String password) {
        Remains remains = Remains.inNewDirectory();
        int port = LocalRedis.freePort();
        try {
            Path directory = remains.directory();
            Path file = Files.write(directory.resolve("sentinel.conf"), configuration(primary, port, password));
            Path log = directory.resolve(LOG);
            Process process =
                    remains.start(List.of(binary.toAbsolutePath().toString(), file.toString(), "--sentinel"), log);
            return new SentinelProcess(remains, port, password, process).awaited(log);
        } catch (IOException cannotWrite) {
            remains.close();
            throw new UncheckedIOException("cannot write the configuration of a sentinel", cannotWrite);
        }
    }

    private static List<String> configuration(LocalRedis primary, int port, String password) {
        String master = SentinelRedis.MASTER;
        return List.of(
                "port " + port,
                "bind 127.0.0.1",
                "requirepass " + password,
                "sentinel sentinel-pass " + password,
                "sentinel monitor " + master + " 127.0.0.1 " + primary.port() + " 2",
                "sentinel auth-pass " + master + " " + primary.password(),
                "sentinel down-after-milliseconds " + master + " 1000",
                "sentinel failover-timeout " + master + " 4000");
    }

    private SentinelProcess awaited(Path log) {
        for (int attempt = 0; attempt < START_ATTEMPTS && process.isAlive(); attempt++) {
            if (RedisPing.answers(port, password)) {
                return this;
            }
            LocalRedis.pause();
        }
        close();
        throw new IllegalStateException("the sentinel did not come up on port " + port + ": " + LocalRedis.tail(log));
    }

    int port() {
        return port;
    }

    String ask(String... command) throws IOException {
        return RespCall.send(port, password, command);
    }

    /** What it printed so far. */
    String log() {
        try {
            return Files.readString(remains.directory().resolve(LOG), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "no output";
        }
    }

    @Override
    public void close() {
        remains.close();
    }
}
