package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How long it takes from the end of a fault until the first entry added after it has its effects. */
final class Recovery {

    private final CompletableFuture<EntryId> first;
    private final long beganAtNanos = System.nanoTime();
    private long tookMs = -1;

    /** Begins now, with the feeder's next entry. */
    Recovery(Feeder feeder) {
        first = feeder.mark();
    }

    /** Whether that entry is in the input. */
    boolean isUnderWay() {
        return first.isDone();
    }

    /**
     * Waits for the effects of that entry, which is in the input.
     *
     * @param output the stream that shows whether anything moves
     */
    void await(Console redis, String output, Duration patience) {
        String key = "copy:" + first.join();
        Standstill standstill = new Standstill(patience);
        // What came later may flow while this one never comes: then there is no standstill, and waiting must end all
        // the same.
        long longest = System.nanoTime() + patience.multipliedBy(6).toNanos();
        while (redis.number("EXISTS", key) == 0) {
            if (standstill.isOver(redis.number("XLEN", output)) || System.nanoTime() > longest) {
                throw new BrokenPromise("waited in vain for the effects of the first entry after the fault");
            }
            Pause.ms(Bench.LOOK_MS);
        }
        tookMs = Duration.ofNanos(System.nanoTime() - beganAtNanos).toMillis();
    }

    long tookMs() {
        return tookMs;
    }
}
