package io.heatwire.engine.faults;

import io.heatwire.engine.faults.Feeder.Pace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a fault needs to stand on.
 *
 * @param redis further options of the server
 * @param cap how many entries the output may hold; 0 for practically no bound
 * @param wired whether the engines reach Redis through a {@link Wire}
 * @param pace of the feeder; null for the form's own
 */
record Setup(
        List<String> redis,
        Promise promise,
        long minIdleMs,
        long timeoutMs,
        long cap,
        int payload,
        int maxDeliveries,
        boolean wired,
        @Nullable Pace pace) {

    /** One consumer is enough and order is promised: nobody takes anything over within the minute. */
    static Setup alone(String... redis) {
        return new Setup(List.of(redis), Promise.IN_ORDER, 60_000, 1_000, 0, 40, 1000, false, null);
    }

    /** Several consumers, who take over what is idle for half a second. */
    static Setup several(String... redis) {
        return alone(redis).minIdle(500).promise(Promise.IN_ORDER.inAnyOrder());
    }

    Setup promise(Promise now) {
        return new Setup(redis, now, minIdleMs, timeoutMs, cap, payload, maxDeliveries, wired, pace);
    }

    Setup minIdle(long ms) {
        return new Setup(redis, promise, ms, timeoutMs, cap, payload, maxDeliveries, wired, pace);
    }

    Setup timeout(long ms) {
        return new Setup(redis, promise, minIdleMs, ms, cap, payload, maxDeliveries, wired, pace);
    }

    Setup cap(long entries) {
        return new Setup(redis, promise, minIdleMs, timeoutMs, entries, payload, maxDeliveries, wired, pace);
    }

    Setup payload(int bytes) {
        return new Setup(redis, promise, minIdleMs, timeoutMs, cap, bytes, maxDeliveries, wired, pace);
    }

    Setup maxDeliveries(int times) {
        return new Setup(redis, promise, minIdleMs, timeoutMs, cap, payload, times, wired, pace);
    }

    Setup onAWire() {
        return new Setup(redis, promise, minIdleMs, timeoutMs, cap, payload, maxDeliveries, true, pace);
    }

    Setup fedBy(Pace feeding) {
        return new Setup(redis, promise, minIdleMs, timeoutMs, cap, payload, maxDeliveries, wired, feeding);
    }
}
