package io.heatwire.ops.service;

/** The running Redis is not as the wiring says, and nobody forced the start. */
public final class StartRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String first;
    private final String findings;

    /**
     * An exception that says what was found.
     *
     * @param first what weighs most, in one line
     * @param findings all of it, for people
     */
    StartRefusedException(String first, String findings) {
        super("the start is refused by the look at the running Redis (--force starts all the same):\n" + findings);
        this.first = first;
        this.findings = findings;
    }

    String first() {
        return first;
    }

    String findings() {
        return findings;
    }
}
