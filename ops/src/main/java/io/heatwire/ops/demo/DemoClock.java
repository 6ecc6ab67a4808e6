package io.heatwire.ops.demo;

import java.time.Duration;
import java.time.Instant;

/** The wall clock and waiting by it. */
interface DemoClock {

    /** The machine's own. */
    DemoClock SYSTEM = new DemoClock() {
        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public void pause(Duration time) {
            try {
                Thread.sleep(time.toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    };

    Instant now();

    void pause(Duration time);
}
