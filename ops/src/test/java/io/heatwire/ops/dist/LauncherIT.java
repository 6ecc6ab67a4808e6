package io.heatwire.ops.dist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherIT {

    private static final Path LAUNCHER = Path.of(System.getProperty("heatwire.launcher"));
    private static final String JAR = System.getProperty("heatwire.jar");

    @TempDir
    private Path directory;

    @Test
    void startsFromAnyDirectoryThroughALink() throws Exception {
        Path relative =
                Files.createSymbolicLink(directory.resolve("first"), directory.relativize(LAUNCHER.toRealPath()));
        Path link = Files.createSymbolicLink(directory.resolve("heatwire"), relative.getFileName());

        Run run = Run.of(List.of("/bin/sh", link.toString(), "version"), Map.of("HEATWIRE_JAVA", Run.java()));

        assertThat(run.output()).startsWith("heatwire 0.");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhatItNeedsWhenThereIsNoJdk() throws Exception {
        Path tools = onlyTools();

        Run run = Run.of(
                List.of("/bin/sh", LAUNCHER.toString(), "version"),
                Map.of("PATH", tools.toString(), "JAVA_HOME", "", "HEATWIRE_JAVA", ""));

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output())
                .contains("heatwire: needs a JDK 17 or newer; looked at JAVA_HOME (not set) and the PATH")
                .contains("HEATWIRE_JAVA=/path/to/java");
    }

    @Test
    void passesOverAJdkThatIsTooOld() throws Exception {
        Path old = script("java11", "echo 'openjdk version \"11.0.20\" 2023-07-18' >&2");

        Run run = Run.of(List.of("/bin/sh", LAUNCHER.toString(), "version"), Map.of("HEATWIRE_JAVA", old.toString()));

        assertThat(run.exitCode()).isEqualTo(69);
        assertThat(run.output()).contains("heatwire: needs a JDK 17 or newer; HEATWIRE_JAVA is " + old);
    }

    @Test
    void givesOnlyTheDemoTheBundledRedis() throws Exception {
        assertThat(argumentsOf("demo").output()).contains("lib/embedded-redis.jar");
        assertThat(argumentsOf("run").output()).doesNotContain("embedded-redis");
    }

    @Test
    void runsWithLeanSettingsAndTheUsersOwnBehindThem() throws Exception {
        assertThat(argumentsOf("run").output())
                .containsSubsequence(
                        "-XX:+UseSerialGC", "-Xmx128m", "-XX:+ExitOnOutOfMemoryError", "-Xmx200m", "-Da=b", "-cp");
    }

    @Test
    void startsProgramsWithoutTheHelperOfTheJdkUnderSystemd() throws Exception {
        Path echo = script(
                "echo-java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; else echo \"$@\"; fi");
        Run run = Run.of(
                List.of("/bin/sh", LAUNCHER.toString(), "run"),
                Map.of("HEATWIRE_JAVA", echo.toString(), "HEATWIRE_JAR", JAR, "NOTIFY_SOCKET", "/run/systemd/notify"));

        assertThat(run.output()).contains("-Djdk.lang.Process.launchMechanism=FORK");
        assertThat(argumentsOf("run").output()).doesNotContain("launchMechanism");
    }

    @Test
    void takesTheVersionOfAJdkFromItsReleaseFileAndSparesAStart() throws Exception {
        Files.createDirectories(directory.resolve("jdk/bin"));
        Files.writeString(directory.resolve("jdk/release"), "JAVA_VERSION=\"17.0.9\"\n");
        Path java = script("jdk/bin/java", "[ \"$1\" = -version ] && echo asked || echo started");

        Run run = Run.of(
                List.of("/bin/sh", LAUNCHER.toString(), "version"),
                Map.of("HEATWIRE_JAVA", java.toString(), "HEATWIRE_JAR", JAR));

        assertThat(run.output()).isEqualTo("started\n");
    }

    @Test
    void usesTheArchiveOfAnInstallationAndPassesOverOneThatDoesNotFitInSilence() throws Exception {
        Path launcher = Files.copy(
                LAUNCHER, Files.createDirectories(directory.resolve("usr/bin")).resolve("heatwire"));
        Path share = Files.createDirectories(directory.resolve("usr/share/heatwire"));
        Files.createSymbolicLink(share.resolve("heatwire.jar"), Path.of(JAR));
        Path archive =
                Files.createDirectories(directory.resolve("var/cache/heatwire")).resolve("heatwire.jsa");
        Path echo = script(
                "echo-java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; else echo \"$@\"; fi");
        List<String> version = List.of("/bin/sh", launcher.toString(), "version");

        assertThat(Run.of(version, Map.of("HEATWIRE_JAVA", echo.toString())).output())
                .doesNotContain("SharedArchiveFile");
        Files.writeString(archive, "no archive");
        assertThat(Run.of(version, Map.of("HEATWIRE_JAVA", echo.toString())).output())
                .contains("-XX:SharedArchiveFile=", "heatwire.jsa");
        assertThat(Run.of(version, Map.of("HEATWIRE_JAVA", Run.java())).output().lines())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("heatwire ");
    }

    @Test
    void outlivesASignalToReloadThatComesBeforeTheEngine() throws Exception {
        Path asked = directory.resolve("asked");
        Path go = directory.resolve("go");
        Path slow = script(
                "slow-java",
                "[ \"$1\" = -version ] || exec echo ran\n"
                        + "touch " + asked + "\nwhile [ ! -e " + go + " ]; do sleep 0.05; done\n"
                        + "echo 'openjdk version \"17.0.1\"' >&2");
        ProcessBuilder builder = new ProcessBuilder(Run.hearingSignals(List.of("/bin/sh", LAUNCHER.toString(), "run")))
                .redirectErrorStream(true);
        builder.environment().put("HEATWIRE_JAVA", slow.toString());
        builder.environment().put("HEATWIRE_JAR", JAR);
        Process launcher = builder.start();
        await().until(() -> Files.exists(asked));

        Run.of(List.of("kill", "-HUP", Long.toString(launcher.pid())));
        Files.createFile(go);

        assertThat(launcher.waitFor()).isZero();
        assertThat(launcher.getInputStream().readAllBytes()).asString(UTF_8).isEqualTo("ran\n");
    }

    private Run argumentsOf(String command) throws Exception {
        Path echo = script(
                "echo-java",
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"' >&2; else echo \"$@\"; fi");
        return Run.of(
                List.of("/bin/sh", LAUNCHER.toString(), command),
                Map.of("HEATWIRE_JAVA", echo.toString(), "HEATWIRE_JAVA_OPTS", "-Xmx200m -Da=b", "HEATWIRE_JAR", JAR));
    }

    /** A PATH with all that the launcher calls, and no java. */
    private Path onlyTools() throws IOException {
        Path tools = Files.createDirectory(directory.resolve("bin"));
        for (String tool : List.of("readlink", "dirname", "sed", "head")) {
            script("bin/" + tool, "exec /usr/bin/" + tool + " \"$@\"");
        }
        return tools;
    }

    private Path script(String name, String body) throws IOException {
        Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
