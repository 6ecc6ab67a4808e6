package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Redis refuses a whole call because of one entry in it, and does not say which. The counter of Redis tells: entries that were
 * delivered together are tried one by one, and only the guilty one is delivered too often.
 */
class RefusedCallIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        IntStream.range(0, 20).forEach(n -> redis.add("in", "n", n == 7 ? "guilty" : "" + n));
    }

    @AfterEach
    void stopAll() {
        engine.drain().block(PATIENCE);
        redis.close();
    }

    private static StagePlan stage(int maxDeliveries) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 100, 100, 30_000, maxDeliveries, Map.of());
        return TestOperators.copyStage(source, Map.of("guarded", false));
    }

    private void start(StagePlan stage) {
        engine = Engine.of(
                TestOperators.plan(redis.plan(), new Policy.Keep(1_000_000), stage),
                registry,
                RedisClock.from(System::currentTimeMillis),
                RefusedCallIT::refusingTheGuilty);
        engine.start().block(PATIENCE);
    }

    /** The same script, which the server refuses with ERR before it does anything when the guilty entry is in the call. */
    private static LinkFactory refusingTheGuilty(LinkFactory links) {
        String refusal = "#!lua\nfor i = 1, #ARGV do if ARGV[i] == 'guilty' then "
                + "return redis.error_reply('ERR refused, and nobody says for which entry') end end\n";
        return (source, script) -> links.open(source, script.replace("#!lua\n", refusal));
    }

    private static List<String> innocent(int to) {
        return IntStream.range(0, to)
                .filter(n -> n != 7)
                .mapToObj(String::valueOf)
                .toList();
    }

    private void cameOut(List<String> numbers) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.entries("out"))
                        .extracting(entry -> entry.get("n"))
                        .containsExactlyElementsOf(numbers));
    }

    @Test
    void buriesTheGuiltyEntryAndCommitsItsNeighbours() {
        start(stage(8));
        cameOut(innocent(20));
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter)
                        .containsEntry("n", "guilty")
                        .containsEntry("heatwire_reason", "too_many_deliveries:9"));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
    }

    @Test
    void findsTheGuiltyEntryThoughFewDeliveriesAreAllowed() {
        start(stage(3));
        cameOut(innocent(20));
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter).containsEntry("n", "guilty"));
    }

    @Test
    void haltsBeforeTheGuiltyEntry() {
        start(TestOperators.halting(stage(8)));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.health().stages().get(0).error())
                        .startsWith("halted at ")
                        .contains("too_many_deliveries:"));
        cameOut(innocent(7));
        assertThat(redis.number("EXISTS", "in:dead:copy")).isZero();
        assertThat(redis.pending("in", "g")).isEqualTo(13);
    }
}
