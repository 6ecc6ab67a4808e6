package io.heatwire.engine.faults;

/** Waiting between two looks, on the suite's own threads only. */
final class Pause {

    private Pause() {}

    static void ms(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }
}
