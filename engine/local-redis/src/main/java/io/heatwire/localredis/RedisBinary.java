package io.heatwire.localredis;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds a redis-server to run.
 *
 * <p>The bundled one is an unpatched upstream 7.0.15: fit for tests and a demo on loopback, and for nothing else. It is checked
 * against a pinned SHA-256 before it is run.
 */
public final class RedisBinary {

    private static final String VERSION = "7.0.15";
    private static final Map<String, String> SHA256 = Map.of(
            "linux-amd64", "c0cdeef856b3410fd99d6ec6fc6a20302e69059b00ce5d6abab7b3e5069ea91e",
            "linux-arm64", "d5c7ff117caf45d7dc2f59c1f956e1830438779947d66aa5647c2cdcc16eca50");
    private static final Pattern REPORTED = Pattern.compile("v=(\\d+)\\.");

    private RedisBinary() {}

    /**
     * The server for tests: the one named by the system property {@code redis.server}, else the bundled one.
     *
     * @throws IllegalStateException when neither can be had
     */
    public static Path forTests() {
        String named = System.getProperty("redis.server");
        return named != null && !named.isEmpty()
                ? Path.of(named)
                : bundled()
                        .orElseThrow(() -> new IllegalStateException("no bundled redis-server for " + platform()
                                + ": name one with -Dredis.server=/path/to/redis-server"));
    }

    /** A redis-server or valkey-server of version 7.0 or newer on the PATH. */
    public static Optional<Path> onPath() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.of("redis-server", "valkey-server")
                .flatMap(name ->
                        Arrays.stream(path.split(File.pathSeparator)).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .filter(RedisBinary::isNewEnough)
                .findFirst();
    }

    /** The bundled server, unpacked to a temporary file; empty when it is not on the class path for this platform. */
    public static Optional<Path> bundled() {
        String expected = SHA256.get(platform());
        try (InputStream in = RedisBinary.class.getResourceAsStream("/redis-server-" + VERSION + "-" + platform())) {
            if (in == null || expected == null) {
                return Optional.empty();
            }
            Path binary = Files.createTempFile("heatwire-redis-server-", "");
            binary.toFile().deleteOnExit();
            Files.copy(in, binary, StandardCopyOption.REPLACE_EXISTING);
            String actual = sha256(binary);
            if (!actual.equals(expected)) {
                throw new IllegalStateException(
                        "the bundled redis-server has SHA-256 " + actual + ", expected " + expected);
            }
            if (!binary.toFile().setExecutable(true)) {
                throw new IllegalStateException("cannot make " + binary + " executable");
            }
            return Optional.of(binary);
        } catch (IOException cannotUnpack) {
            throw new IllegalStateException(
                    "cannot unpack the bundled redis-server: " + cannotUnpack.getMessage(), cannotUnpack);
        }
    }

    private static boolean isNewEnough(Path server) {
        try {
            Process process = new ProcessBuilder(server.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher version = REPORTED.matcher(text);
            return version.find() && Integer.parseInt(version.group(1)) >= 7;
        } catch (IOException cannotRun) {
            return false;
        }
    }

    private static String sha256(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    private static String platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        String cpu = arch.equals("aarch64") ? "arm64" : arch.equals("x86_64") ? "amd64" : arch;
        return (os.contains("mac") ? "darwin" : os) + "-" + cpu;
    }
}
