package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Engines in processes of their own, in one group, without once-guards. No entry is ever taken over for being idle: min_idle is
 * ten minutes. What moves was handed back, or belongs to a name that is used again.
 */
class SeveralEnginesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, EngineProcess> engines = new HashMap<>();
    private TestRedis redis;
    private int sent;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (EngineProcess engine : engines.values()) {
            engine.kill();
        }
        redis.close();
    }

    private void start(String... consumers) {
        for (String consumer : consumers) {
            engines.put(consumer, EngineProcess.startPatient(redis.plan(), consumer));
        }
    }

    private void startLate(String consumer) {
        engines.put(consumer, EngineProcess.startLate(redis.plan(), consumer, 500));
    }

    private EngineProcess engine(String consumer) {
        return engines.get(consumer);
    }

    private void feed(int entries) {
        String script = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
                + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";
        redis.command("EVAL", script, "1", "in", "" + sent, "" + (sent + entries));
        sent += entries;
    }

    private long heldBy(String consumer) {
        return ((List<?>) redis.command("XPENDING", "in", "g", "-", "+", "10000", consumer)).size();
    }

    private boolean isLeased(String consumer) {
        return redis.number("EXISTS", "in:consumer:g:" + consumer) == 1;
    }

    private String ownerOf(String consumer) {
        return String.valueOf(redis.command("GET", "in:consumer:g:" + consumer));
    }

    private void awaitLeased(String... consumers) {
        for (String consumer : consumers) {
            await().atMost(PATIENCE).until(() -> isLeased(consumer));
        }
    }

    private void awaitOut(int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", "out")).isGreaterThanOrEqualTo(entries));
    }

    private void assertEachOnce() {
        awaitOut(sent);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
        List<String> numbers =
                redis.entries("out").stream().map(entry -> entry.get("n")).toList();
        assertThat(new HashSet<>(numbers)).hasSize(sent);
        assertThat(numbers).hasSize(sent);
    }

    @Test
    void loseAndDoubleNothingWhileTheyAreStoppedKilledAndStartedUnderLoad() throws Exception {
        start("a", "b", "c");
        awaitLeased("a", "b", "c");
        for (int round = 0; round < 2; round++) {
            for (String consumer : List.of("a", "b", "c")) {
                feed(1000);
                engine(consumer).drain();
                assertThat(isLeased(consumer)).as("a lease behind a drain").isFalse();
                assertThat(heldBy(consumer)).as("left pending by a drain").isZero();
                feed(1000);
                start(consumer);
                feed(1000);
                engine(consumer).kill();
                feed(1000);
                // Under its own name it finds at once what it held when it was killed.
                start(consumer);
                awaitLeased(consumer);
            }
        }
        assertEachOnce();
        for (String consumer : List.of("a", "b", "c")) {
            engine(consumer).drain();
            assertThat(engine(consumer).output()).contains("left=0, confirmed=true, inTime=true");
        }
    }

    @Test
    void takeUpAtOnceWhatAnotherHandsBackAtSigterm() throws Exception {
        startLate("a");
        awaitLeased("a");
        feed(300);
        await().atMost(PATIENCE).until(() -> heldBy("a") == 300);
        startLate("b");
        awaitLeased("b");
        engine("a").drain();
        assertThat(engine("a").output()).contains("handedBack=300, left=0, confirmed=true, inTime=true");
        await().atMost(PATIENCE).until(() -> heldBy("b") == 300);
        IntStream.range(0, 300).forEach(n -> redis.command("HSET", "by_id:" + n, "n", "" + n));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
        assertThat(redis.entries("observed"))
                .hasSize(300)
                .allSatisfy(entry -> assertThat(entry).containsEntry("end", "FOUND"));
    }

    @Test
    void standByWhileTheirNameIsInUseAndTakeOverWhenItsOwnerIsKilled() throws Exception {
        start("a");
        awaitLeased("a");
        EngineProcess first = engine("a");
        start("a");
        EngineProcess second = engine("a");
        engines.put("first", first);
        await().atMost(PATIENCE).until(() -> second.output().contains("standing by"));
        assertThat(second.output())
                .contains("consumer a of group g is in use by ")
                .contains(" pid " + first.pid() + " since ");
        feed(1000);
        awaitOut(1000);
        assertThat(ownerOf("a")).contains(" pid " + first.pid() + " ");
        feed(2000);
        first.kill();
        await().atMost(PATIENCE).until(() -> second.output().contains("took consumer a over"));
        assertThat(ownerOf("a")).contains(" pid " + second.pid() + " ");
        assertEachOnce();
    }

    @Test
    void takeTheNameOfAKilledEngineWithoutWaitingForItsLeaseToRunOut() throws Exception {
        start("a");
        awaitLeased("a");
        engine("a").kill();
        redis.command("PERSIST", "in:consumer:g:a");
        start("a");
        feed(100);
        assertEachOnce();
        assertThat(ownerOf("a")).contains(" pid " + engine("a").pid() + " ");
    }

    @Test
    void refuseAnEngineThatWakesAndFindsItsNameTaken() throws Exception {
        start("a");
        awaitLeased("a");
        EngineProcess zombie = engine("a");
        engines.put("zombie", zombie);
        feed(2000);
        awaitOut(1);
        zombie.signal("STOP");
        start("a");
        EngineProcess second = engine("a");
        // It is not dead, only silent: its lease has to run out.
        await().atMost(PATIENCE).until(() -> second.output().contains("took consumer a over"));
        feed(1000);
        zombie.signal("CONT");
        await().atMost(PATIENCE).until(() -> zombie.output().contains("standing by"));
        assertThat(zombie.output()).contains(" pid " + second.pid() + " since ");
        feed(1000);
        awaitOut(sent - 500);
        second.drain();
        await().atMost(PATIENCE).until(() -> ownerOf("a").contains(" pid " + zombie.pid() + " "));
        feed(1000);
        assertEachOnce();
    }

    @Test
    void keepTheirNamesWhenRedisForgetsEverything() {
        start("a");
        awaitLeased("a");
        redis.command("FLUSHALL");
        awaitLeased("a");
        feed(100);
        awaitOut(100);
        assertEachOnce();
    }
}
