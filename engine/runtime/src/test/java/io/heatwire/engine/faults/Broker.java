package io.heatwire.engine.faults;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.SentinelRedis;
import java.util.List;

/** The Redis of a bench and the ways to it: the suite's own, and that of the engines, on which there may be a wire. */
final class Broker implements AutoCloseable {

    private final SentinelRedis sentinels;
    private final Console console;
    private final Wire wire;
    private volatile LocalRedis server;

    private Broker(LocalRedis server, SentinelRedis sentinels, boolean wired) {
        this.server = server;
        this.sentinels = sentinels;
        this.console = new Console(this::port, server.password());
        this.wire = wired ? new Wire(server.port()) : null;
    }

    /** A server of its own. */
    static Broker started(Setup setup) {
        LocalRedis server = LocalRedis.start(Bench.BINARY, setup.redis().toArray(new String[0]));
        return new Broker(server, null, setup.wired());
    }

    /** The primary these sentinels name; who made them closes them. */
    static Broker of(SentinelRedis sentinels) {
        return new Broker(sentinels.primary(), sentinels, false);
    }

    LocalRedis server() {
        return server;
    }

    int port() {
        return server.port();
    }

    Console console() {
        return console;
    }

    Wire wire() {
        return wire;
    }

    /** From now on the suite asks there. */
    void movedTo(LocalRedis primary) {
        server = primary;
        console.close();
    }

    /**
     * How the engines reach it.
     *
     * @param bySentinels whether they may ask the sentinels, if there are any
     */
    RedisPlan plan(boolean bySentinels, long timeoutMs) {
        if (sentinels != null && bySentinels) {
            List<SentinelPlan.Node> nodes = sentinels.nodes().stream()
                    .map(node -> node.split(":"))
                    .map(parts -> new SentinelPlan.Node(parts[0], Integer.parseInt(parts[1])))
                    .toList();
            SentinelPlan who = new SentinelPlan(SentinelRedis.MASTER, nodes, null, sentinels.sentinelPassword());
            return new RedisPlan("", 0, 0, null, sentinels.password(), null, who, timeoutMs);
        }
        int port = wire == null ? port() : wire.port();
        return new RedisPlan("127.0.0.1", port, 0, null, server.password(), false, timeoutMs);
    }

    @Override
    public void close() {
        console.close();
        if (wire != null) {
            wire.close();
        }
        if (sentinels == null) {
            server.close();
        }
    }
}
