package io.heatwire.ops.dist;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs that some tests want beside a JDK. */
final class Tools {

    private static final Path FETCHED =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../../.tools/systemd");

    private Tools() {}

    /** The program; the test that needs it is skipped loudly when it is not to be had. */
    static String needed(String program) {
        Optional<Path> found = find(program);
        assumeThat(found)
                .as("%s is neither on the PATH nor in .tools; .ci/tools.d/systemd fetches it", program)
                .isPresent();
        return found.orElseThrow().toString();
    }

    private static Optional<Path> find(String program) {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(":")).map(Path::of);
        Stream<Path> places = Stream.of("/usr/sbin", "/sbin").map(Path::of);
        return Stream.of(onPath, places, Stream.of(FETCHED.resolve("bin")))
                .flatMap(each -> each)
                .map(directory -> directory.resolve(program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
