package io.heatwire.ops.cli;

import java.io.PrintWriter;
import java.util.Map;

/**
 * What a command may touch of the world around it.
 *
 * @param out where results go
 * @param err where complaints go
 * @param environment the environment variables
 */
record Console(
        PrintWriter out, PrintWriter err, Map<String, String> environment, StopRequest stop, ReloadRequest reload) {

    /** A console that no signal reaches. */
    Console(PrintWriter out, PrintWriter err, Map<String, String> environment, StopRequest stop) {
        this(out, err, environment, stop, ReloadRequest.byCall());
    }
}
