package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.localredis.RedisBinary;
import io.heatwire.ops.operators.ForeignJar;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The package, installed by dpkg in a system of its own, and its units under a systemd that runs; all by the guide to the installation. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class BootedSystemdIT {

    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final Path GUIDE =
            Path.of(System.getProperty("heatwire.launcher")).resolveSibling("../../docs/guide/install.md");
    private static final Path PACKAGE = Path.of(System.getProperty("heatwire.deb"));

    /** The one of the guide. */
    private static final String PASSWORD = "the password";

    private static final String REDIS_UNIT = """
            [Service]
            ExecStart=/opt/redis-server --bind 127.0.0.1 --requirepass "%s" --save ""
            """.formatted(PASSWORD);

    private static final String HANGING = "/etc/systemd/system/heatwire.service.d/hanging.conf";
    private static final String HANGING_WIRING = """
            heatwire: 1
            redis: { password_file: "${REDIS_PASSWORD_FILE}", command_timeout_ms: 500 }
            streams:
              in: { key: in, external: test, pace_s: none }
              out: { key: out, keep: 100, terminal: true }
            stages:
              sleeper: { operator: sleeper, in: in, group: sleeper, consumer: one, block_ms: 100, out: { out: out } }
            """;

    private static BootedSystem system;

    @TempDir
    private static Path directory;

    private String before;

    @BeforeAll
    static void install() throws Exception {
        system = BootedSystem.start();
        // What was installed on the machine is in there, too.
        system.shell("""
                dpkg --purge heatwire > /dev/null 2>&1
                rm -rf /etc/heatwire /var/lib/heatwire /var/cache/heatwire /var/lib/man-db/auto-update
                test -e /usr/bin/java || ln -s %s /usr/local/bin/java
                """.formatted(Run.java()));
        system.put(RedisBinary.forTests(), "/opt/redis-server");
        system.shell("chmod 755 /opt/redis-server");
        write("/etc/systemd/system/redis-server.service", REDIS_UNIT);
        system.put(PACKAGE, "/opt/heatwire.deb");
        assertThat(system.shell("dpkg --force-depends --install /opt/heatwire.deb 2>&1"))
                .doesNotContain("no archive of classes could be made");
        // As the file says for small hosts: half the work.
        system.shell("echo 'HEATWIRE_JAVA_OPTS=\"-XX:TieredStopAtLevel=1\"' >> /etc/heatwire/heatwire.env");
        system.shell(blockOfGuide("LoadCredential="));
        system.shell("cp -r /etc/systemd/system/heatwire.service.d /etc/systemd/system/heatwire@.service.d");
        system.shell("systemctl daemon-reload; systemctl start redis-server; systemctl enable heatwire");
    }

    @AfterAll
    static void end() throws Exception {
        if (system != null) {
            system.close();
        }
    }

    @BeforeEach
    void mark() throws Exception {
        before = system.shell("journalctl -n 0 --show-cursor | sed -n 's/^-- cursor: //p'");
    }

    @AfterEach
    void putBack() throws Exception {
        system.run("cp", "/usr/share/heatwire/heatwire.yaml", "/etc/heatwire/heatwire.yaml");
        if (system.run("rm", HANGING).exitCode() == 0) {
            system.shell("systemctl stop heatwire; systemctl daemon-reload");
        }
    }

    private static void write(String path, String text) throws Exception {
        system.put(Files.writeString(Files.createTempFile(directory, "text", ""), text), path);
    }

    /** The block of the guide that has these words, as it stands there; of a console what is typed. */
    private static String blockOfGuide(String words) throws Exception {
        GuideBlock found = GuideBlock.of(Files.readString(GUIDE)).stream()
                .filter(block -> block.text().contains(words))
                .findFirst()
                .orElseThrow();
        return found.language().equals("console") ? found.text().replaceAll("(?m)^# ", "") : found.text();
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(PATIENCE).until(condition);
    }

    private String journal() throws Exception {
        return system.shell("journalctl --no-pager --output=cat --after-cursor='" + before + "'");
    }

    private static String status() throws Exception {
        return system.property("heatwire", "StatusText");
    }

    /** The process id of the running service, which is started if it does not run. */
    private static String running() throws Exception {
        system.shell("systemctl start heatwire");
        return system.property("heatwire", "MainPID");
    }

    private static String redis(String command) throws Exception {
        String replies = system.shell("""
                exec 3<> /dev/tcp/127.0.0.1/6379
                printf 'AUTH "%s"\\r\\n%s\\r\\nQUIT\\r\\n' >&3
                cat <&3
                """.formatted(PASSWORD, command));
        assertThat(replies).startsWith("+OK").endsWith("+OK");
        return replies.lines().skip(1).findFirst().orElseThrow();
    }

    @Test
    @Order(1)
    void isReadyWhenRedisAnswersAndUntilThenSaysWhatIsMissing() throws Exception {
        system.shell("systemctl stop heatwire redis-server; systemctl start --no-block heatwire");
        until(() -> status().matches("not ready: apply_planner is backing_off .*"));
        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("activating");
        system.shell("systemctl start redis-server");
        until(() -> system.property("heatwire", "ActiveState").equals("active"));

        assertThat(status()).matches("6 stages, \\d+ edges .*, lag 0, 0 dead");
    }

    @Test
    @Order(2)
    void worksWithTheRightsThatTheUnitLeavesIt() throws Exception {
        String pid = running();
        long decisions = Long.parseLong(
                redis("XLEN quantum:stream:harvest.heat.decision").substring(1));
        redis("XADD quantum:stream:apply.plan * plan_id 0123456789abcdef symbol BTCUSDT action FULL_CLOSE_PROPOSED"
                + " decision EXECUTE timestamp 1700000000");
        until(() -> redis("XLEN quantum:stream:harvest.heat.decision").equals(":" + (decisions + 1)));

        assertThat(system.shell("cat /proc/" + pid + "/maps")).contains("/var/cache/heatwire/heatwire.jsa");
        assertThat(system.shell("cat /proc/" + pid + "/status"))
                .contains("NoNewPrivs:\t1", "CapEff:\t0000000000000000");
        assertThat(Integer.parseInt(system.shell("ls /proc/" + pid + "/task | wc -l")))
                .as("threads, with TasksMax=256")
                .isLessThan(128);
        assertThat(system.shell("stat -c %U /proc/" + pid + " /run/heatwire /var/lib/heatwire"))
                .isEqualTo("heatwire\nheatwire\nheatwire");
        assertThat(system.shell("journalctl --no-pager --output=cat --unit=heatwire"))
                .doesNotContainIgnoringCase("not permitted")
                .doesNotContainIgnoringCase("permission denied");
    }

    @Test
    @Order(2)
    void isReachedByTheCommandsOfRoot() throws Exception {
        running();
        String answers = system.shell(blockOfGuide("export REDIS_PASSWORD_FILE") + """

                heatwire status --wiring /etc/heatwire/heatwire.yaml
                heatwire kill status --wiring /etc/heatwire/heatwire.yaml
                """);

        assertThat(answers).contains("heat_gate", "running", "kill switch: off");
    }

    @Test
    @Order(2)
    void reloadsAndWritesItToTheLedger() throws Exception {
        String pid = running();
        system.shell("sed -i 's/max_inflight: .*/max_inflight: 100/' /etc/heatwire/heatwire.yaml");
        system.shell("systemctl reload heatwire");

        assertThat(journal()).contains("Reloaded heatwire.service").containsPattern("(?m)^generation \\d+: ");
        assertThat(system.property("heatwire", "MainPID")).isEqualTo(pid);
        assertThat(system.property("heatwire", "SubState")).isEqualTo("running");
        assertThat(system.shell("tail -n 1 /var/lib/heatwire/ledger.jsonl"))
                .contains("\"operation\": \"reload\"", "\"user\": \"heatwire\"", "\"result\": \"done\"");
    }

    @Test
    @Order(2)
    void refusesAReloadOfAWrongWiringAndRunsOn() throws Exception {
        String pid = running();
        system.shell("echo 'nonsense: 1' >> /etc/heatwire/heatwire.yaml");
        Run reload = system.run("systemctl", "reload", "heatwire");

        assertThat(reload.exitCode()).isNotZero();
        assertThat(journal())
                .contains("Control process exited, code=exited, status=78/CONFIG")
                .contains("W020 'nonsense' is not known in the file");
        assertThat(system.property("heatwire", "MainPID")).isEqualTo(pid);
        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("active");
        assertThat(system.shell("journalctl --no-pager --output=cat --unit=heatwire --priority=err"))
                .contains("[ERROR] [reload] reload refused")
                .doesNotContain("[WARN]", "[INFO]", "<3>");
    }

    @Test
    @Order(2)
    void isStartedAgainAfterKillMinusNine() throws Exception {
        String pid = running();
        system.shell("systemctl kill --signal=KILL heatwire");
        until(() -> !system.property("heatwire", "MainPID").matches("0|" + pid)
                && system.property("heatwire", "ActiveState").equals("active"));

        assertThat(journal()).containsOnlyOnce("heatwire.service: Scheduled restart job");
        assertThat(journal()).contains("has ended without giving consumer heat_gate_1 back");
    }

    @Test
    @Order(2)
    void isNotStartedAgainWithAWrongWiring() throws Exception {
        system.shell("systemctl stop heatwire; echo 'nonsense: 1' >> /etc/heatwire/heatwire.yaml");
        Run start = system.run("systemctl", "start", "heatwire");

        assertThat(start.exitCode()).isNotZero();
        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("failed");
        assertThat(system.property("heatwire", "ExecMainStatus")).isEqualTo("78");
        assertThat(journal()).doesNotContain("Scheduled restart job");
    }

    @Test
    @Order(2)
    void stopsWithinItsTimeAndSaysWhatItHasDone() throws Exception {
        running();
        system.shell("systemctl stop heatwire");

        assertThat(system.property("heatwire", "Result")).isEqualTo("success");
        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("inactive");
        assertThat(journal()).containsPattern("drained: committed \\d+, handed back 0 in \\d+ ms");
        assertThat(status()).startsWith("drained: committed ");
        assertThat(system.run("ls", "/run/heatwire").exitCode())
                .as("its directory goes with it")
                .isNotZero();
    }

    @Test
    @Order(2)
    void isKilledWithADumpOfItsThreadsAndStartedAgainWhenAStageHangs() throws Exception {
        Path jar = directory.resolve("sleeper.jar");
        ForeignJar.provider(jar, SystemdIT.SLEEPER);
        system.shell("systemctl stop heatwire; mkdir -p /opt/operators");
        system.put(jar, "/opt/operators/sleeper.jar");
        write("/etc/heatwire/heatwire.yaml", HANGING_WIRING);
        write(HANGING, """
                [Service]
                Environment=HEATWIRE_OPERATORS=/opt/operators
                ExecStart=
                ExecStart=/usr/bin/heatwire run --force --wiring /etc/heatwire/heatwire.yaml
                WatchdogSec=3
                TimeoutAbortSec=2
                """);
        system.shell("systemctl daemon-reload");
        running();
        redis("XADD in * what hang");
        until(() -> !system.property("heatwire", "NRestarts").equals("0"));

        assertThat(journal())
                .contains("stage sleeper has 1 entries in hand and has made no step")
                .contains("Watchdog timeout", "Full thread dump", "\"heatwire-sleeper")
                .contains("Failed with result 'watchdog'");
    }

    @Test
    @Order(3)
    void runsOneProcessForEachStageByTheGuide() throws Exception {
        system.shell(blockOfGuide("heatwire@portfolio_heat_gate"));

        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("inactive");
        assertThat(system.shell("systemctl list-units --plain --no-legend --state=active 'heatwire@*' | wc -l"))
                .isEqualTo("6");
        assertThat(system.property("heatwire@heat_gate", "StatusText")).matches("1 stage, .*, lag 0, 0 dead");
        system.shell("systemctl reload heatwire@heat_gate");
        assertThat(system.shell("tail -n 1 /var/lib/heatwire/ledger.jsonl")).contains("\"user\": \"heatwire\"");

        assertThat(system.run("systemctl", "start", "heatwire@heat_gaet").exitCode())
                .isNotZero();
        assertThat(system.property("heatwire@heat_gaet", "ExecMainStatus")).isEqualTo("78");

        running();
        assertThat(system.shell("systemctl list-units --plain --no-legend --state=active 'heatwire@*'"))
                .as("both read under the same names")
                .isEmpty();
    }

    @Test
    @Order(4)
    void isUpgradedWhileItRunsRemovedAndPurged() throws Exception {
        String pid = running();
        system.shell("""
                echo 'HEATWIRE_LOG_LEVEL=debug' >> /etc/heatwire/heatwire.env
                dpkg-deb -R /opt/heatwire.deb /opt/newer
                sed -i 's/^Version: .*/Version: 0.99.0/' /opt/newer/DEBIAN/control
                dpkg-deb -Znone -b /opt/newer /opt/newer.deb
                dpkg --force-depends --force-confold --install /opt/newer.deb
                """);
        until(() -> !system.property("heatwire", "MainPID").matches("0|" + pid)
                && system.property("heatwire", "ActiveState").equals("active"));
        assertThat(system.shell("cat /etc/heatwire/heatwire.env")).contains("\nHEATWIRE_LOG_LEVEL=debug");
        assertThat(journal()).contains("drained: committed ").doesNotContain("Failed with result");

        system.shell("dpkg --remove heatwire");
        assertThat(system.property("heatwire", "LoadState")).isEqualTo("not-found");
        assertThat(system.property("heatwire", "ActiveState")).isEqualTo("inactive");
        assertThat(system.run("pgrep", "-f", "io.heatwire").output()).isEmpty();

        system.shell("dpkg --purge heatwire");
        assertThat(
                        system.shell(
                                "find /etc /run /var/lib /var/cache /var/tmp /tmp /usr/bin /usr/share /lib/systemd -name '*heatwire*'"))
                .isEmpty();
        assertThat(system.shell("cat /etc/passwd /etc/group")).doesNotContain("heatwire");
        assertThat(system.shell("systemctl list-units --all --plain --no-legend 'heatwire*'"))
                .isEmpty();
        assertThat(system.run("systemctl", "list-unit-files", "--no-legend", "heatwire*")
                        .output())
                .isEmpty();
    }
}
