package io.heatwire.engine;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A real redis-server and a connection to it, for tests. */
public final class TestRedis implements AutoCloseable {

    static {
        // Every test on a real server also proves that no engine thread blocks.
        NoBlocking.install();
    }

    private static final Path BINARY = RedisBinary.forTests();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final LocalRedis server;
    private RedisAccess access;

    private TestRedis(LocalRedis server) {
        this.server = server;
        this.access = RedisAccess.connect(plan()).block(PATIENCE);
    }

    /** Starts a server with these further options. */
    public static TestRedis start(String... options) {
        return new TestRedis(LocalRedis.start(BINARY, options));
    }

    /** How to reach it. */
    public RedisPlan plan() {
        return new RedisPlan(server.host(), server.port(), 0, null, server.password(), false, 3000);
    }

    public LocalRedis server() {
        return server;
    }

    /** Kills the server and starts it again on the same port. */
    public void crash() {
        server.kill();
        server.restart();
        access.close().block(PATIENCE);
        access = RedisAccess.connect(plan()).block(PATIENCE);
    }

    public Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    public long number(String name, String... args) {
        return (Long) command(name, args);
    }

    public String add(String stream, String... pairs) {
        List<String> args = new ArrayList<>(List.of(stream, "*"));
        args.addAll(List.of(pairs));
        return (String) command("XADD", args.toArray(new String[0]));
    }

    /** The entries of a stream, oldest first, each as its fields. */
    public List<Map<String, String>> entries(String stream) {
        List<Map<String, String>> entries = new ArrayList<>();
        for (Object entry : (List<?>) command("XRANGE", stream, "-", "+")) {
            entries.add(pairs((List<?>) ((List<?>) entry).get(1)));
        }
        return entries;
    }

    public Map<String, String> hash(String key) {
        return pairs((List<?>) command("HGETALL", key));
    }

    /** How many entries are pending in the group. */
    public long pending(String stream, String group) {
        return (Long) ((List<?>) command("XPENDING", stream, group)).get(0);
    }

    /** The id of the oldest entry that is pending in the group. */
    public String oldestPending(String stream, String group) {
        return (String) ((List<?>) command("XPENDING", stream, group)).get(1);
    }

    private static Map<String, String> pairs(List<?> flat) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put((String) flat.get(i), (String) flat.get(i + 1));
        }
        return pairs;
    }

    @Override
    public void close() {
        access.close().block(PATIENCE);
        server.close();
    }
}
