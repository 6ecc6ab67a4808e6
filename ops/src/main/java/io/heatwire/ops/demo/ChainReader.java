package io.heatwire.ops.demo;

import io.heatwire.ops.demo.report.ChainFigures;
import io.heatwire.ops.demo.report.Entry;
import io.heatwire.ops.demo.report.Totals;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Mono;

/** Reads the chain's streams and keys into its figures. */
final class ChainReader {

    private final RedisCommands redis;
    private final Chain chain;
    private final ChainFigures figures;
    private final StreamTail plans;
    private final StreamTail decisions;
    private final StreamTail observed;

    ChainReader(RedisCommands redis, Chain chain, ChainFigures figures) {
        this.redis = redis;
        this.chain = chain;
        this.figures = figures;
        this.plans = new StreamTail(redis, chain.plans());
        this.decisions = new StreamTail(redis, chain.decisions());
        this.observed = new StreamTail(redis, chain.observed());
    }

    /**
     * Reads what is new.
     *
     * @return the newest of the new plans
     */
    Optional<Entry> read() {
        // Effects before causes: what is read later then holds the cause of all that was read before.
        List<Entry> newObserved = observed.read();
        List<Entry> newDecisions = decisions.read();
        List<Entry> newPlans = plans.read();
        figures.onPlans(newPlans);
        figures.onDecisions(newDecisions);
        figures.onObserved(newObserved);
        figures.lookForKeys(this::writtenMs);
        return newPlans.isEmpty() ? Optional.empty() : Optional.of(newPlans.get(newPlans.size() - 1));
    }

    Totals totals() {
        return new Totals(
                added(chain.plans()),
                added(chain.decisions()),
                added(chain.calibrated()),
                chain.dead().stream()
                        .mapToLong(stream -> redis.number("XLEN", stream))
                        .sum(),
                chain.inputs().stream().mapToLong(this::pending).sum());
    }

    // A key's expiry time less its time to live is the ms at which it was written, by the clock of Redis.
    private long writtenMs(String planId) {
        long expiryMs = redis.number("PEXPIRETIME", chain.keyOf(planId));
        return expiryMs > 0 ? expiryMs - chain.byPlanTtlMs() : -1;
    }

    private long added(String stream) {
        Object info = orNothing("XINFO", "STREAM", stream);
        return info instanceof List<?> list
                ? Long.parseLong(StreamTail.fields(list).getOrDefault("entries-added", "0"))
                : 0;
    }

    private long pending(Chain.Input input) {
        Object summary = orNothing("XPENDING", input.stream(), input.group());
        return summary instanceof List<?> list && list.get(0) instanceof Long count ? count : 0;
    }

    // A stream that nobody has written yet is an error to these commands.
    private Object orNothing(String name, String... args) {
        Object reply =
                redis.command(name, args).onErrorResume(absent -> Mono.empty()).block(RedisCommands.PATIENCE);
        return reply == null ? List.of() : reply;
    }
}
