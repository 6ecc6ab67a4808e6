package io.heatwire.ops.dist;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Prometheus and promtool where .ci/tools put them, else on the PATH; without them a test says loudly that it was skipped. */
final class PrometheusTools {

    private static final Path REPOSITORY =
            Path.of(System.getProperty("heatwire.launcher")).resolve("../../..").normalize();

    private PrometheusTools() {}

    /** A file under ops/. */
    static Path shipped(String name) {
        return REPOSITORY.resolve("ops").resolve(name);
    }

    /** The program of this name. */
    static String find(String name) {
        return Stream.concat(
                        Stream.of(REPOSITORY.resolve(".tools/prometheus")),
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(Path::of))
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElseGet(() ->
                        abort(name + " is neither in .tools/prometheus nor on the PATH: run .ci/tools, which calls"
                                + " .ci/tools.d/prometheus"));
    }
}
