package io.heatwire.engine.faults;

import io.heatwire.contract.event.Event;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Stops the operator in the middle of a batch for as long as the test wants; the worker thread of the stage stands still. */
final class Hold implements Consumer<Event> {

    private final AtomicInteger waiting = new AtomicInteger();
    private boolean closed;

    @Override
    public void accept(Event event) {
        waiting.incrementAndGet();
        pass();
        waiting.decrementAndGet();
    }

    /** Named in {@link io.heatwire.engine.NoBlocking} as allowed to block. */
    private synchronized void pass() {
        while (closed) {
            try {
                wait();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    synchronized void close() {
        closed = true;
    }

    synchronized void open() {
        closed = false;
        notifyAll();
    }

    /** Whether the operator stands still on an entry. */
    boolean isHolding() {
        return waiting.get() > 0;
    }
}
