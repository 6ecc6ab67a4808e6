package io.heatwire.ops.demo;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The Redis of a demo: one that was given, or one of its own that ends with it. */
final class DemoRedis implements AutoCloseable {

    private static final long COMMAND_TIMEOUT_MS = 5_000;

    private final RedisPlan plan;
    private final String label;
    private final @Nullable LocalRedis own;
    private final @Nullable Path unpacked;

    private DemoRedis(RedisPlan plan, String label, @Nullable LocalRedis own, @Nullable Path unpacked) {
        this.plan = plan;
        this.label = label;
        this.own = own;
        this.unpacked = unpacked;
    }

    /** The given one, else redis-server or valkey-server from the PATH, else the bundled one. */
    static DemoRedis open(@Nullable String url) {
        if (url != null) {
            RedisPlan given = RedisUrl.parse(url);
            return new DemoRedis(given, "given " + given, null, null);
        }
        Optional<Path> installed = RedisBinary.onPath();
        if (installed.isPresent()) {
            return started(installed.get(), installed.get().toString(), null);
        }
        Path bundled = bundled();
        return started(bundled, "bundled redis-server 7.0.15", bundled);
    }

    RedisPlan plan() {
        return plan;
    }

    String label() {
        return label;
    }

    /** Whether the server belongs to somebody else, and what is written stays there. */
    boolean isGiven() {
        return own == null;
    }

    @Override
    public void close() {
        if (own != null) {
            own.close();
        }
        delete(unpacked);
    }

    private static DemoRedis started(Path binary, String label, @Nullable Path unpacked) {
        try {
            LocalRedis own = LocalRedis.start(binary);
            RedisPlan plan = new RedisPlan(own.host(), own.port(), 0, null, own.password(), false, COMMAND_TIMEOUT_MS);
            return new DemoRedis(plan, label + " at " + plan, own, unpacked);
        } catch (IllegalStateException notUp) {
            delete(unpacked);
            throw new CannotDemoException("cannot start " + label + ": " + notUp.getMessage(), notUp);
        }
    }

    private static Path bundled() {
        try {
            return RedisBinary.bundled()
                    .orElseThrow(() -> new CannotDemoException(
                            "no Redis for the demo: give one with --redis redis://host:port/database, or put redis-server or"
                                    + " valkey-server 7.0 or newer on the PATH (the bundled one is started by ops/bin/heatwire"
                                    + " on Linux)"));
        } catch (IllegalStateException damaged) {
            throw new CannotDemoException(String.valueOf(damaged.getMessage()), damaged);
        }
    }

    private static void delete(@Nullable Path unpacked) {
        if (unpacked == null) {
            return;
        }
        try {
            Files.deleteIfExists(unpacked);
        } catch (IOException leftBehind) {
            unpacked.toFile().deleteOnExit();
        }
    }
}
