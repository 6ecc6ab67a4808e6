package io.heatwire.engine.faults;

/** The suite found what the engine promises not kept. */
final class BrokenPromise extends AssertionError {

    private static final long serialVersionUID = 1L;

    BrokenPromise(String what) {
        super(what);
    }
}
