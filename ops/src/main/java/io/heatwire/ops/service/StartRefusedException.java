package io.heatwire.ops.service;

/** The running Redis is not as the wiring says, and nobody forced the start. */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StartRefusedException(String findings) {
        super("the start is refused by the look at the running Redis (--force starts all the same):\n" + findings);
    }
}
