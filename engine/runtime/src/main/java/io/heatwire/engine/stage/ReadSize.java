package io.heatwire.engine.stage;

import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.Entry;

/** How many entries the next read asks for: Redis bounds a read by entries only, so it asks for fewer while they are long. */
final class ReadSize {

    /** Three batches may be in memory at once. */
    private static final long BATCH_BYTES = 32_000_000;

    private final int most;
    private int entries;

    /** As many as this, as long as they are short. */
    ReadSize(int most) {
        this.most = most;
        this.entries = most;
    }

    int entries() {
        return entries;
    }

    /** Goes by what was read last. */
    void fit(Batch batch) {
        long bytes = 0;
        for (Entry entry : batch.entries()) {
            Event event = entry.event();
            bytes += event == null ? 0 : event.bytes();
        }
        if (bytes > 0) {
            long fitting = BATCH_BYTES * batch.entries().size() / bytes;
            entries = (int) Math.max(1, Math.min(most, fitting));
        }
    }
}
