package io.heatwire.ops.cli;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server of its own, and commands given to it as a person gives them. */
final class CommandBench implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Map<String, String> environment = new HashMap<>();
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    private final LocalRedis redis = LocalRedis.start(RedisBinary.forTests());
    private final RedisAccess access;
    private StopRequest stop = new StopRequest();

    CommandBench() {
        environment.put("REDIS_HOST", redis.host());
        environment.put("REDIS_PORT", Integer.toString(redis.port()));
        environment.put("REDIS_PASSWORD", redis.password());
        access = RedisAccess.connect(new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .blockOptional(PATIENCE)
                .orElseThrow();
    }

    void reset() {
        command("FLUSHALL");
        clear();
        stop = new StopRequest();
    }

    void clear() {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
    }

    Object command(String name, String... args) {
        return access.command(name, args).block(PATIENCE);
    }

    String add(String stream, String... pairs) {
        List<String> args = new ArrayList<>(List.of(stream, "*"));
        args.addAll(List.of(pairs));
        return (String) command("XADD", args.toArray(new String[0]));
    }

    int run(Path wiring, String... args) {
        return run(out, wiring, args);
    }

    int run(Writer to, Path wiring, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--wiring", wiring.toString()));
        Console console = new Console(new PrintWriter(to, true), new PrintWriter(err, true), environment, stop);
        return Main.run(console, all.toArray(new String[0]));
    }

    /** As Ctrl-C does. */
    void stop() {
        stop.request();
    }

    @Override
    public void close() {
        access.close().block(PATIENCE);
        redis.close();
    }
}
