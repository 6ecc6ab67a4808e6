package io.heatwire.ops.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped wiring as a service runs it: a process, a signal, an exit code. */
final class RunIT {

    private static LocalRedis redis;

    @TempDir
    private Path directory;

    @BeforeAll
    static void startRedis() {
        redis = LocalRedis.start(RedisBinary.forTests());
    }

    @AfterAll
    static void stopRedis() {
        redis.close();
    }

    @Test
    void becomesReadyAndDrainsAtSigtermWithExit0() throws Exception {
        ServiceProcess service = ServiceProcess.start(redis, ServiceProcess.freePort(), directory, Map.of());
        service.awaitReady();
        assertThat(service.body("/health")).startsWith("{\"status\": \"ok\", \"redis\": ");
        assertThat(service.body("/metrics")).contains("\np27_in_messages_total 0\n");
        service.process().destroy();

        assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.output()).doesNotContain("\tat ", "Exception");
        assertThat(service.lastLine()).matches("drained: committed \\d+, handed back \\d+ in \\d+ ms");
        assertThat(service.process().exitValue()).isZero();
    }

    @Test
    void endsOnceWhenItIsToldToStopTwice() throws Exception {
        ServiceProcess service = ServiceProcess.start(redis, ServiceProcess.freePort(), directory, Map.of());
        service.awaitReady();
        service.process().destroy();
        service.process().destroy();

        assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(service.lastLine()).startsWith("drained: committed ");
        assertThat(service.output()).containsOnlyOnce("drained: ");
        assertThat(service.process().exitValue()).isZero();
    }

    @Test
    void endsSoonThoughRedisHangsOrIsGoneAndSaysThatItCouldNotHandBack() throws Exception {
        for (String fault : List.of("STOP", "KILL")) {
            try (LocalRedis sick = LocalRedis.start(RedisBinary.forTests())) {
                ServiceProcess service = ServiceProcess.start(
                        sick, ServiceProcess.freePort(), directory, Map.of("HEATWIRE_DRAIN_MS", "1000"));
                service.awaitReady();
                signal(fault, sick.pid());
                service.process().destroy();

                assertThat(service.process().waitFor(30, TimeUnit.SECONDS))
                        .as(fault)
                        .isTrue();
                signal("CONT", sick.pid());
                assertThat(service.lastLine())
                        .as(fault)
                        .startsWith("drained: committed ")
                        .contains(", handed back 0 in ", "NOT everything handed back, Redis did not answer");
                assertThat(service.output()).as(fault).doesNotContain("\tat ", "Exception");
                assertThat(service.process().exitValue()).as(fault).isZero();
            }
        }
    }

    private static void signal(String name, long pid) throws Exception {
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
    }

    @Test
    void saysWhichPortIsTakenWithExit69() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            ServiceProcess service = ServiceProcess.start(redis, taken.getLocalPort(), directory, Map.of());

            assertThat(service.process().waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(service.output())
                    .contains(
                            "heatwire: cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use")
                    .doesNotContain("\tat ");
            assertThat(service.process().exitValue()).isEqualTo(69);
        }
    }

    @Test
    void refusesAWrongSettingWithItsPlaceAndExit78() throws Exception {
        Run run = Run.of(
                List.of(
                        Run.java(),
                        "-jar",
                        System.getProperty("heatwire.jar"),
                        "check",
                        ServiceProcess.WIRING.toString()),
                Map.of("T_WARM", "warm"));

        assertThat(run.output()).containsPattern("heatwire\\.yaml:\\d+:\\d+: ").doesNotContain("\tat ");
        assertThat(run.exitCode()).isEqualTo(78);
    }
}
