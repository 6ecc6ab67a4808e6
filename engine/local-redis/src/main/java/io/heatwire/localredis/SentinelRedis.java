package io.heatwire.localredis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * A primary, a replica and three sentinels on 127.0.0.1, all with passwords. Closing it ends the five processes and removes their
 * directories.
 *
 * <p>A primary that does not answer counts as down after one second; the sentinels then promote the replica.
 */
public final class SentinelRedis implements AutoCloseable {

    /** The name under which the sentinels know the primary. */
    public static final String MASTER = "mymaster";

    private static final int SENTINELS = 3;
    /** In steps of the pause between two looks: about 40 s on a machine that has nothing else to do. */
    private static final int LOOKS = 1600;

    private final List<LocalRedis> servers;
    private final List<SentinelProcess> sentinels;
    private final String sentinelPassword;

    private SentinelRedis(List<LocalRedis> servers, List<SentinelProcess> sentinels, String sentinelPassword) {
        this.servers = servers;
        this.sentinels = sentinels;
        this.sentinelPassword = sentinelPassword;
    }

    /**
     * Starts everything and waits until the replica is in step and the sentinels know of it and of each other, so that a fail-over
     * can begin.
     *
     * @param options further options of both servers, for example {@code --appendonly yes}
     */
    public static SentinelRedis start(Path binary, String... options) {
        String password = LocalRedis.randomPassword();
        List<String> all = new ArrayList<>(List.of("--masterauth", password, "--repl-diskless-sync-delay", "0"));
        all.addAll(List.of(options));
        SentinelRedis started = new SentinelRedis(new ArrayList<>(), new ArrayList<>(), LocalRedis.randomPassword());
        try {
            started.servers.add(LocalRedis.start(binary, password, all));
            started.servers.add(LocalRedis.start(binary, password, all));
            started.follow(started.servers.get(1), started.servers.get(0));
            for (int i = 0; i < SENTINELS; i++) {
                started.sentinels.add(SentinelProcess.start(binary, started.servers.get(0), started.sentinelPassword));
            }
            started.await("the sentinels never knew the replica and each other", started::isComplete);
            return started;
        } catch (RuntimeException cannotStart) {
            started.close();
            throw cannotStart;
        }
    }

    /** Where the sentinels listen, each as {@code 127.0.0.1:port}. */
    public List<String> nodes() {
        return sentinels.stream()
                .map(sentinel -> "127.0.0.1:" + sentinel.port())
                .toList();
    }

    /** The password of both servers. */
    public String password() {
        return servers.get(0).password();
    }

    /** The password of the sentinels. */
    public String sentinelPassword() {
        return sentinelPassword;
    }

    /** The server that the sentinels call the primary right now. */
    public LocalRedis primary() {
        int port = primaryPort();
        return servers.stream()
                .filter(server -> server.port() == port)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the sentinels name an unknown server: " + port));
    }

    /** The other one. */
    public LocalRedis replica() {
        LocalRedis primary = primary();
        return servers.get(0) == primary ? servers.get(1) : servers.get(0);
    }

    /** Has the sentinels swap the roles of both servers, and waits until the promoted one calls itself the primary. */
    public void failOver() {
        await("the replica was never fit for a fail-over", this::isInStep);
        LocalRedis before = primary();
        await("no sentinel would begin a fail-over", () -> begun(before));
        awaitOther(before);
    }

    /** Kills the primary as kill -9 does, and waits until the sentinels have promoted the replica. */
    public LocalRedis killPrimary() {
        LocalRedis before = primary();
        before.kill();
        awaitOther(before);
        return before;
    }

    /**
     * Lets the replica follow no longer, while the sentinels still take it for fit to be promoted (for about ten seconds): what is
     * written from here on is lost when the primary dies.
     */
    public void leaveReplicaBehind() {
        LocalRedis replica = replica();
        ask(replica, "CONFIG", "SET", "masterauth", "wrong");
        ask(replica, "CLIENT", "KILL", "TYPE", "master");
        await(
                "the replica still follows",
                () -> !ask(replica, "INFO", "replication").contains("master_link_status:up"));
        await(
                "the primary still feeds the replica",
                () -> ask(primary(), "INFO", "replication").contains("connected_slaves:0"));
    }

    /** What the first sentinel printed: to be shown when a test fails. */
    public String sentinelLog() {
        return sentinels.get(0).log();
    }

    private void awaitOther(LocalRedis before) {
        await("the sentinels promoted nobody: " + sentinelLog(), () -> primaryPort() != before.port());
        LocalRedis after = primary();
        await(
                "the promoted server never called itself the primary",
                () -> ask(after, "ROLE").startsWith("master"));
        ask(after, "CONFIG", "SET", "masterauth", password());
    }

    private boolean begun(LocalRedis before) {
        try {
            sentinels.get(0).ask("SENTINEL", "FAILOVER", MASTER);
            return true;
        } catch (IOException notNow) {
            return primaryPort() != before.port();
        }
    }

    private boolean isInStep() {
        return ask(replica(), "INFO", "replication").contains("master_link_status:up");
    }

    private boolean isComplete() {
        return isInStep()
                && sentinels.stream().allMatch(sentinel -> knows(sentinel, "SLAVES", 1))
                && sentinels.stream().allMatch(sentinel -> knows(sentinel, "SENTINELS", SENTINELS - 1));
    }

    private boolean knows(SentinelProcess sentinel, String whom, int count) {
        try {
            String known = sentinel.ask("SENTINEL", whom, MASTER);
            boolean isDown = known.contains("s_down") || known.contains("disconnected");
            return known.split("runid \\w{40}", -1).length == count + 1 && !isDown;
        } catch (IOException notYet) {
            return false;
        }
    }

    private int primaryPort() {
        IOException last = new IOException("there are no sentinels");
        for (SentinelProcess sentinel : sentinels) {
            try {
                String address = sentinel.ask("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER);
                return Integer.parseInt(address.substring(address.indexOf(' ') + 1));
            } catch (IOException notThisOne) {
                last = notThisOne;
            }
        }
        throw new IllegalStateException("no sentinel answers", last);
    }

    private void follow(LocalRedis replica, LocalRedis primary) {
        ask(replica, "REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
    }

    private static String ask(LocalRedis server, String... command) {
        try {
            return RespCall.send(server.port(), server.password(), command);
        } catch (IOException noAnswer) {
            return "";
        }
    }

    private void await(String otherwise, BooleanSupplier condition) {
        for (int look = 0; look < LOOKS; look++) {
            if (condition.getAsBoolean()) {
                return;
            }
            LocalRedis.pause();
        }
        throw new IllegalStateException(otherwise);
    }

    @Override
    public void close() {
        sentinels.forEach(SentinelProcess::close);
        servers.forEach(LocalRedis::close);
    }
}
