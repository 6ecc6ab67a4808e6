package io.heatwire.ops.dist;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real browser that looks at the live page, by ops/src/test/browser/page-check.mjs. */
final class BrowserProcess {

    static final String SCRIPT = ".ci/tools.d/chromium";

    private static final Path ROOT = Path.of(System.getProperty("heatwire.launcher"))
            .resolveSibling("../..")
            .normalize();

    private final Process process;
    private final Writer checks;
    private final BufferedReader results;

    private BrowserProcess(Process process) {
        this.process = process;
        this.checks = process.outputWriter(StandardCharsets.UTF_8);
        this.results = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Where the packages are that drive it; empty when something is missing. */
    static Optional<Path> tools() {
        Path packages = ROOT.resolve(".tools/chromium");
        boolean isThere = Files.isDirectory(packages.resolve("node_modules/playwright-core"))
                && Files.isDirectory(packages.resolve("node_modules/axe-core"))
                && Files.isExecutable(Path.of("/usr/bin/chromium"))
                && onPath("node");
        return isThere ? Optional.of(packages) : Optional.empty();
    }

    private static boolean onPath(String program) {
        return Optional.ofNullable(System.getenv("PATH")).stream()
                .flatMap(path -> Arrays.stream(path.split(":")))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    static BrowserProcess open(Path tools, String url, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "node",
                        ROOT.resolve("ops/src/test/browser/page-check.mjs").toString(),
                        url)
                .redirectError(log.toFile());
        builder.environment().put("HEATWIRE_BROWSER_TOOLS", tools.toString());
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }));
        return new BrowserProcess(process);
    }

    /** Has it look at this, and gives what it saw. */
    JsonObject look(String check) {
        try {
            checks.write(check + "\n");
            checks.flush();
            String line = results.readLine();
            if (line == null) {
                throw new IllegalStateException("the browser is gone");
            }
            return JsonParser.parseString(line).getAsJsonObject();
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }

    void close() throws IOException, InterruptedException {
        checks.close();
        if (!process.waitFor(20, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
