package io.heatwire.engine.edge;

/**
 * How long things take before they are called by their name, all in ms.
 *
 * @param arrivingMs an entry younger than this says that the edge flows
 * @param holdMs how long anything bad must be seen before it is said: a commit that waits a moment, or a group that the stage is
 *     just creating again, is nobody's business
 * @param starvedMs how long a reader may be given nothing of what is there
 * @param stalledMs how long given entries may stay without one being settled
 */
public record EdgeTimes(long arrivingMs, long holdMs, long starvedMs, long stalledMs) {

    /** Longer than a stage takes to open a lost connection again (5 s), so that a restart of Redis by itself starves nobody. */
    public static final long STARVED_MS = 10_000;

    /** Longer than the lease of a killed engine's consumer name (10 s), after which another one goes on with its entries. */
    public static final long STALLED_MS = 15_000;

    private static final long ARRIVING_MS = 10_000;
    private static final long HOLD_MS = 3_000;

    /** The times for these two, which a wiring may set. */
    public static EdgeTimes of(long starvedMs, long stalledMs) {
        return new EdgeTimes(ARRIVING_MS, HOLD_MS, starvedMs, stalledMs);
    }

    /** The same times for a stage whose entries may wait this long before they are settled, in ms. */
    public EdgeTimes afterWaiting(long waitMs) {
        return new EdgeTimes(arrivingMs, holdMs, starvedMs, stalledMs + waitMs);
    }
}
