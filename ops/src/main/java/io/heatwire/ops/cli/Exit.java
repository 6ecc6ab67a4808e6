package io.heatwire.ops.cli;

/** The exit codes, after sysexits.h where it has one. */
final class Exit {

    /** All went well. */
    static final int OK = 0;

    /** The demo's figures differ between Redis and /metrics. */
    static final int MISMATCH = 1;

    /** Some of what was asked for could not be done; a line for each says why. */
    static final int PARTLY = 1;

    /** The command line was not understood. */
    static final int USAGE = 64;

    /** Something that is needed cannot be had: a suitable server, a free port, a JDK. */
    static final int UNAVAILABLE = 69;

    /** A fault of the program itself. */
    static final int INTERNAL = 70;

    /** Not now: no answer in time. */
    static final int TRY_AGAIN = 75;

    /** The wiring or the environment is wrong. */
    static final int CONFIGURATION = 78;

    private Exit() {}
}
