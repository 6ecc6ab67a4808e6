package io.heatwire.ops.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Where the program begins. */
public final class Main {

    private Main() {}

    /** Runs a command and ends the process with its exit code. */
    public static void main(String[] args) {
        ReloadRequest reload = ReloadRequest.bySignal();
        if (args.length > 0 && args[0].equals("run")) {
            // Before anything else: a signal that comes before would end the process.
            reload.listen();
        }
        // Before any class that logs is loaded, as the library of the requests below does; run says what is wrong with
        // them.
        LogSettings.apply(System.getenv(), args);
        StopRequest stop = new StopRequest();
        stop.onSignals();
        Console console = new Console(
                new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                System.getenv(),
                stop,
                reload);
        int exitCode = run(console, args);
        stop.finish(exitCode);
        System.exit(exitCode);
    }

    /** Runs a command. */
    static int run(Console console, String... args) {
        Optional<String> problem = LogSettings.apply(console.environment(), args);
        if (problem.isPresent()) {
            console.err().println("heatwire: " + problem.get());
            return Exit.CONFIGURATION;
        }
        return Commands.of(console, args).execute(args);
    }
}
