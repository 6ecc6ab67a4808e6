package io.heatwire.ops.dist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A process that was run to its end, and what it printed on both streams. */
record Run(int exitCode, String output) {

    private static final List<String> HEARING = hearing();

    static Run of(List<String> command) throws IOException, InterruptedException {
        return of(command, Map.of());
    }

    /** Runs with these variables over the ones of this process; an empty value takes a variable away. */
    static Run of(List<String> command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        environment.forEach((name, value) -> {
            builder.environment().remove(name);
            if (!value.isEmpty()) {
                builder.environment().put(name, value);
            }
        });
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    /**
     * The same command, which hears SIGHUP and SIGINT although these tests may have been started by nohup or in the background of a
     * shell: a signal that is ignored stays so in every program started from here.
     */
    static List<String> hearingSignals(List<String> command) {
        return Stream.concat(HEARING.stream(), command.stream()).toList();
    }

    private static List<String> hearing() {
        List<String> env = List.of("env", "--default-signal=HUP,INT");
        try {
            Run tried = of(Stream.concat(env.stream(), Stream.of("true")).toList());
            return tried.exitCode() == 0 ? env : List.of();
        } catch (IOException noSuchProgram) {
            return List.of();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
