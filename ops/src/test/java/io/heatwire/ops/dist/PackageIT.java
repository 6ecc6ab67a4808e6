package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs the package into an empty directory, runs what was installed, upgrades it while it runs, removes and purges it. */
final class PackageIT {

    private static final Path PACKAGE = Path.of(System.getProperty("heatwire.deb"));
    private static final Path GUIDE =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../../docs/guide/install.md");
    private static final Pattern SHELL = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path directory;

    private Path root;
    private Process service;

    @AfterEach
    void end() throws InterruptedException {
        if (service != null) {
            service.destroyForcibly();
            service.waitFor(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void installsRunsUpgradesAndLeavesNothingBehind() throws Exception {
        Tools.needed("dpkg");
        Tools.needed("useradd");
        assumeThat(System.getProperty("user.name")).as("dpkg wants root").isEqualTo("root");
        prepareRoot();
        try (SystemdStandIn systemd = SystemdStandIn.start(directory);
                LocalRedis redis = LocalRedis.start(RedisBinary.forTests())) {
            install(PACKAGE);
            doesWhatTheGuideSays();
            start(systemd, redis);
            systemd.awaitMore("READY=1", 0);
            systemd.awaitMatch("STATUS=6 stages, \\d+ edges .*");
            systemd.awaitMore("WATCHDOG=1", 1);
            processesAPlan(redis);
            reloads(systemd);
            upgradesWhileItRuns();
            stops(systemd);
            removes();
        }
    }

    /** As much of a system as dpkg and useradd want to find. */
    private void prepareRoot() throws IOException {
        root = directory.resolve("root");
        Files.createDirectories(root.resolve("var/lib/dpkg/info"));
        Files.createDirectories(root.resolve("var/lib/dpkg/updates"));
        Files.createFile(root.resolve("var/lib/dpkg/status"));
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0:root:/root:/bin/sh\n");
        Files.writeString(root.resolve("etc/group"), "root:x:0:\n");
        Files.writeString(root.resolve("etc/shadow"), "root:*:19000:0:99999:7:::\n");
        Files.writeString(root.resolve("etc/gshadow"), "root:*::\n");
    }

    private Run dpkg(String... action) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of("dpkg", "--root=" + root, "--force-depends", "--force-script-chrootless"),
                        Stream.of(action))
                .toList();
        Run run = Run.of(
                command,
                Map.of("HEATWIRE_JAVA", Run.java(), "PATH", "/usr/sbin:/usr/bin:/sbin:/bin:" + System.getenv("PATH")));
        assertThat(run.exitCode()).as(run.output()).isZero();
        return run;
    }

    private void install(Path deb) throws Exception {
        Run run = dpkg("--install", deb.toString());

        assertThat(run.output())
                .contains("systemctl enable --now heatwire")
                .doesNotContain("no archive of classes could be made");
        assertThat(root.resolve("var/cache/heatwire/heatwire.jsa")).isNotEmptyFile();
        assertThat(loadedFromTheArchive()).as("classes of a start").isGreaterThan(500);
        assertThat(Files.readString(root.resolve("etc/passwd"))).contains("\nheatwire:");
        assertThat(permissions("etc/heatwire/heatwire.env")).isEqualTo("rw-------");
        assertThat(root.resolve("usr/share/heatwire/one-stage.env")).isNotEmptyFile();
        assertThat(Run.of(List.of(
                                "bash",
                                "-n",
                                root.resolve("usr/share/bash-completion/completions/heatwire")
                                        .toString()))
                        .exitCode())
                .isZero();
    }

    /** Every block of the guide that does not need a running systemd, with the directory in place of the machine. */
    private void doesWhatTheGuideSays() throws Exception {
        String guide = Files.readString(GUIDE);
        List<String> blocks =
                SHELL.matcher(guide).results().map(found -> found.group(1)).toList();
        assertThat(blocks).hasSizeGreaterThan(2);
        for (String block : blocks) {
            Run run = Run.of(
                    List.of("sh", "-eu", "-c", block.replace("/etc/", root + "/etc/")),
                    Map.of("HEATWIRE_JAVA", Run.java(), "PATH", root + "/usr/bin:" + System.getenv("PATH")));
            assertThat(run.exitCode()).as(block + "\n" + run.output()).isZero();
        }
        assertThat(permissions("etc/heatwire/redis-password")).isEqualTo("rw-------");
        assertThat(root.resolve("etc/systemd/system/heatwire.service.d/credentials.conf"))
                .exists();
    }

    private long loadedFromTheArchive() throws Exception {
        Path classes = directory.resolve("classes");
        Run.of(
                List.of(
                        launcher(),
                        "check",
                        root.resolve("etc/heatwire/heatwire.yaml").toString()),
                Map.of("HEATWIRE_JAVA", Run.java(), "HEATWIRE_JAVA_OPTS", "-Xlog:class+load:file=" + classes));
        try (Stream<String> lines = Files.lines(classes)) {
            return lines.filter(line -> line.endsWith("shared objects file (top)"))
                    .count();
        }
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(root.resolve(file)));
    }

    private String launcher() {
        return root.resolve("usr/bin/heatwire").toString();
    }

    private Path stateDirectory() {
        return root.resolve("run/heatwire");
    }

    private Path ledger() {
        return root.resolve("var/lib/heatwire/ledger.jsonl");
    }

    private Path log() {
        return directory.resolve("log");
    }

    /** The command line of the unit, with the variables that systemd sets. */
    private void start(SystemdStandIn systemd, LocalRedis redis) throws IOException {
        Map<String, String> environment = new HashMap<>(Map.of(
                "HEATWIRE_JAVA", Run.java(),
                "NOTIFY_SOCKET", systemd.socket(),
                "PATH", systemd.path(),
                "WATCHDOG_USEC", "10000000",
                "RUNTIME_DIRECTORY", stateDirectory().toString(),
                "REDIS_HOST", redis.host(),
                "REDIS_PORT", Integer.toString(redis.port()),
                "REDIS_PASSWORD", redis.password()));
        List.of(
                        "APPLY_METRICS_PORT",
                        "P26_METRICS_PORT",
                        "HEAT_METRICS_PORT",
                        "HEAT_HEALTH_PORT",
                        "P27_METRICS_PORT",
                        "P27_HEALTH_PORT",
                        "HEATWIRE_HTTP_PORT")
                .forEach(port -> environment.put(port, "0"));
        ProcessBuilder builder = new ProcessBuilder(Run.hearingSignals(List.of(
                        launcher(),
                        "run",
                        "--wiring",
                        root.resolve("etc/heatwire/heatwire.yaml").toString())))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        service = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(service::destroyForcibly));
    }

    private static void processesAPlan(LocalRedis redis) {
        RedisAccess access = RedisAccess.connect(
                        new RedisPlan(redis.host(), redis.port(), 0, null, redis.password(), false, 3000))
                .block(PATIENCE);
        access.command(
                        "XADD",
                        "quantum:stream:apply.plan",
                        "*",
                        "plan_id",
                        "0123456789abcdef",
                        "symbol",
                        "BTCUSDT",
                        "action",
                        "FULL_CLOSE_PROPOSED",
                        "decision",
                        "EXECUTE",
                        "timestamp",
                        "1700000000")
                .block(PATIENCE);
        await().atMost(PATIENCE)
                .until(() -> access.command("XLEN", "quantum:stream:harvest.heat.decision")
                        .block(PATIENCE)
                        .equals(1L));
        access.close().block(PATIENCE);
    }

    private void reloads(SystemdStandIn systemd) throws Exception {
        long ready = systemd.times("READY=1");
        Run run = Run.of(
                List.of(launcher(), "reload"),
                Map.of(
                        "HEATWIRE_JAVA",
                        Run.java(),
                        "RUNTIME_DIRECTORY",
                        stateDirectory().toString(),
                        "STATE_DIRECTORY",
                        ledger().getParent().toString()));

        assertThat(ledger()).content().contains("\"operation\": \"reload\"");
        assertThat(run.output()).startsWith("generation 1: the wiring says the same as before");
        assertThat(run.exitCode()).isZero();
        systemd.awaitMore("READY=1", ready);
        assertThat(systemd.heard()).containsSubsequence("READY=1", "RELOADING=1", "READY=1");
    }

    private void upgradesWhileItRuns() throws Exception {
        Path env = root.resolve("etc/heatwire/heatwire.env");
        Files.writeString(env, "HEATWIRE_LOG_LEVEL=debug\n");
        Files.setPosixFilePermissions(env, PosixFilePermissions.fromString("rw-------"));
        Run run = dpkg("--install", "--force-confold", newer().toString());

        assertThat(run.output()).contains("Unpacking heatwire (0.99.0) over (");
        assertThat(service.isAlive()).isTrue();
        assertThat(Files.readString(env)).as("what somebody changed stays").isEqualTo("HEATWIRE_LOG_LEVEL=debug\n");
        assertThat(root.resolve("var/cache/heatwire/heatwire.jsa")).isNotEmptyFile();
        Run version = Run.of(List.of(launcher(), "version"), Map.of("HEATWIRE_JAVA", Run.java()));
        assertThat(version.output()).startsWith("heatwire ");
    }

    /** The same package under a later number. */
    private Path newer() throws Exception {
        Path unpacked = directory.resolve("newer");
        Path deb = directory.resolve("newer.deb");
        Run.of(List.of("dpkg-deb", "-R", PACKAGE.toString(), unpacked.toString()));
        Path control = unpacked.resolve("DEBIAN/control");
        Files.writeString(control, Files.readString(control).replaceFirst("(?m)^Version: .*$", "Version: 0.99.0"));
        Run built = Run.of(List.of("dpkg-deb", "-Znone", "-b", unpacked.toString(), deb.toString()));
        assertThat(built.exitCode()).as(built.output()).isZero();
        return deb;
    }

    private void stops(SystemdStandIn systemd) throws Exception {
        service.destroy();
        assertThat(service.waitFor(30, TimeUnit.SECONDS)).isTrue();

        assertThat(service.exitValue()).isZero();
        assertThat(systemd.heard()).contains("STOPPING=1");
        assertThat(Files.readString(log())).contains("drained: committed ").doesNotContain("\tat ", "warning");
        assertThat(stateDirectory().resolve("heatwire.run")).doesNotExist();
    }

    private void removes() throws Exception {
        Files.createDirectories(root.resolve("var/lib/heatwire"));
        dpkg("--remove", "heatwire");
        assertThat(root.resolve("etc/heatwire/heatwire.yaml")).exists();
        assertThat(root.resolve("var/cache/heatwire")).doesNotExist();
        assertThat(Path.of(launcher())).doesNotExist();

        dpkg("--purge", "heatwire");
        assertThat(Files.readString(root.resolve("etc/passwd"))).doesNotContain("heatwire");
        assertThat(Files.readString(root.resolve("etc/group"))).doesNotContain("heatwire");
        try (Stream<Path> left = Files.walk(root)) {
            assertThat(left.map(root::relativize).map(Path::toString))
                    .filteredOn(path -> path.contains("heatwire"))
                    .isEmpty();
        }
    }
}
