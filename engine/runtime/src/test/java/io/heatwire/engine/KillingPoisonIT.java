package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An entry whose processing ends the process, among good ones. Nobody is left to count it but Redis; whoever keeps the engine
 * running starts it again.
 */
class KillingPoisonIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<EngineProcess> started = new ArrayList<>();
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (EngineProcess engine : started) {
            engine.kill();
        }
        redis.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void endsInTheDeadLettersAndTakesNoNeighbourWithIt(int maxDeliveries) {
        List<String> good = feed();
        int starts = 0;
        while (!isBuried() && starts <= 2 * maxDeliveries) {
            starts++;
            EngineProcess engine = start("a", maxDeliveries);
            await().atMost(PATIENCE).until(() -> !engine.isAlive() || isDone(good.size()));
        }
        await().atMost(PATIENCE).until(() -> isDone(good.size()));
        checkOutcome(good, maxDeliveries);
        assertThat(starts).isEqualTo(maxDeliveries + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 6})
    void goesFromOneEngineToTheNextAndStillTakesNoNeighbourWithIt(int maxDeliveries) {
        List<String> good = feed();
        int starts = 0;
        while (!isBuried() && starts <= 2 * maxDeliveries) {
            starts++;
            // Another name each time: what the one before held is taken over, never found as one's own.
            EngineProcess engine = start("engine-" + starts, maxDeliveries);
            await().atMost(PATIENCE).until(() -> !engine.isAlive() || isDone(good.size()));
        }
        await().atMost(PATIENCE).until(() -> isDone(good.size()));
        checkOutcome(good, maxDeliveries);
        assertThat(starts).isEqualTo(maxDeliveries + 1);
    }

    private EngineProcess start(String consumer, int maxDeliveries) {
        EngineProcess engine = EngineProcess.startHalting(redis.plan(), consumer, maxDeliveries);
        started.add(engine);
        return engine;
    }

    private List<String> feed() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        List<String> good = IntStream.range(0, 40).mapToObj(String::valueOf).toList();
        good.subList(0, 20).forEach(n -> redis.add("in", "n", n));
        redis.add("in", "n", "halt");
        good.subList(20, 40).forEach(n -> redis.add("in", "n", n));
        return good;
    }

    private boolean isBuried() {
        return redis.number("EXISTS", "in:dead:halting") == 1;
    }

    private boolean isDone(int entries) {
        return isBuried() && redis.number("XLEN", "out") >= entries && redis.pending("in", "g") == 0;
    }

    private void checkOutcome(List<String> good, int maxDeliveries) {
        assertThat(redis.entries("in:dead:halting"))
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .contains(
                                Map.entry("n", "halt"),
                                Map.entry("heatwire_reason", "too_many_deliveries:" + (maxDeliveries + 1))));
        List<String> out =
                redis.entries("out").stream().map(entry -> entry.get("n")).collect(Collectors.toList());
        assertThat(new HashSet<>(out)).isEqualTo(new HashSet<>(good));
        assertThat(out).hasSameSizeAs(good);
    }
}
