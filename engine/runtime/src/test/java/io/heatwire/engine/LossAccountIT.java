package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.link.StageLink;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisLinks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is lost behind the engine's back is counted once and by its cause; what is not lost is not counted. */
class LossAccountIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Policy KEEP = new Policy.Keep(1_000_000);

    private final List<Engine> engines = new ArrayList<>();
    private final List<SimpleMeterRegistry> registries = new ArrayList<>();
    private String deadLetters = "in:dead:copy";
    private TestRedis redis;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        engines.forEach(engine -> engine.drain().block(PATIENCE));
        redis.close();
    }

    private static StagePlan stage(String consumer, long minIdleMs) {
        return TestOperators.copyStage(
                new SourcePlan.FromStream("in", "g", consumer, 10, 100, minIdleMs, 16, Map.of()),
                Map.of("guarded", false));
    }

    private Engine start(StagePlan stage) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Engine engine = Engine.of(TestOperators.plan(redis.plan(), KEEP, stage), registry);
        engine.start().block(PATIENCE);
        engines.add(engine);
        registries.add(registry);
        return engine;
    }

    private void stop() {
        engines.forEach(engine -> engine.drain().block(PATIENCE));
        engines.clear();
    }

    private void feed(int from, int to) {
        IntStream.range(from, to).forEach(n -> redis.add("in", "n", "" + n));
    }

    private double count(String name, String... tags) {
        return registries.stream()
                .flatMap(registry -> registry.find(name).tags(tags).counters().stream())
                .mapToDouble(Counter::count)
                .sum();
    }

    private double lost(String cause) {
        return count("heatwire_entries_lost_total", "cause", cause);
    }

    private Map<String, Double> lost() {
        return Map.of(
                "trimmed_pending", lost("trimmed_pending"),
                "trimmed_unread", lost("trimmed_unread"),
                "removed", lost("removed"),
                "skipped", lost("skipped"),
                "letter_refused", lost("letter_refused"));
    }

    private void losses(String cause, double entries) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(lost(cause)).isEqualTo(entries));
        theAccountHasSeen();
        assertThat(count("heatwire_entries_lost_total")).as("%s", lost()).isEqualTo(entries);
    }

    /** Whatever there is to see has been seen by now: the watch has looked twice. */
    private void theAccountHasSeen() {
        for (int look = 0; look < 2; look++) {
            redis.command("DEL", deadLetters);
            awaitDeadLetters(0);
            redis.add(deadLetters, "any", "letter");
            awaitDeadLetters(1);
        }
        redis.command("DEL", deadLetters);
    }

    private void awaitDeadLetters(double letters) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(registries
                                .get(registries.size() - 1)
                                .get("heatwire_dead_letters")
                                .gauge()
                                .value())
                        .isEqualTo(letters));
    }

    private static StageHealth health(Engine engine) {
        return engine.health().stages().get(0);
    }

    private void settled(long entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(count("heatwire_entries_committed_total")).isEqualTo(entries));
    }

    @Test
    void countsWhatIsTrimmedBeforeItWasDelivered() {
        Engine engine = start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        theAccountHasSeen();
        redis.command("RENAME", "out", "aside");
        redis.command("SET", "out", "in the way");
        feed(20, 420);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health(engine).waiting()).isEqualTo("BADKEY"));
        redis.command("XTRIM", "in", "MAXLEN", "100");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(lost("trimmed_unread")).isBetween(250.0, 300.0));
        redis.command("DEL", "out");
        redis.command("RENAME", "aside", "out");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health(engine).backlog()).isZero());
        theAccountHasSeen();
        assertThat(count("heatwire_entries_committed_total") + lost("trimmed_unread"))
                .isEqualTo(420);
        assertThat(count("heatwire_entries_lost_total")).isEqualTo(lost("trimmed_unread"));
        assertThat(redis.number("XLEN", "out")).isEqualTo((long) count("heatwire_entries_committed_total"));
    }

    @Test
    void countsWhatIsTrimmedBetweenTheFirstStartAndTheFirstLook() {
        RedisLinks links = new RedisLinks(redis.plan());
        feed(0, 5);
        redis.command("XTRIM", "in", "MAXLEN", "2");
        links.open((SourcePlan.FromStream) stage("c", 30_000).source(), "return 1")
                .flatMap(StageLink::close)
                .then(links.close())
                .block(PATIENCE);
        feed(5, 30);
        redis.command("XTRIM", "in", "MAXLEN", "10");
        start(stage("c", 30_000));
        settled(10);
        losses("trimmed_unread", 17);
    }

    @Test
    void countsATrimmedPendingEntryOnce() {
        start(stage("c", 300));
        feed(0, 20);
        settled(20);
        strand("dead", 10);
        redis.command("XTRIM", "in", "MAXLEN", "4");
        settled(30);
        losses("trimmed_pending", 6);
    }

    /** Entries that were added and delivered to this consumer, in one step. */
    private void strand(String consumer, int entries) {
        String script = "for n = 1, ARGV[2] do redis.call('XADD', KEYS[1], '*', 'n', 's' .. n) end "
                + "return #redis.call('XREADGROUP', 'GROUP', 'g', ARGV[1], 'COUNT', ARGV[2], 'STREAMS', KEYS[1], '>')";
        redis.command("EVAL", script, "1", "in", consumer, "" + entries);
    }

    @Test
    void countsWhatGoesWithAConsumer() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        strand("dead", 7);
        theAccountHasSeen();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        losses("removed", 7);
    }

    @Test
    void countsWhatAnotherProgramAcknowledges() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        strand("other", 5);
        String all = "for _, row in ipairs(redis.call('XPENDING', KEYS[1], 'g', '-', '+', 99)) do "
                + "redis.call('XACK', KEYS[1], 'g', row[1]) end return 1";
        redis.command("EVAL", all, "1", "in");
        losses("removed", 5);
    }

    @Test
    void countsWhatAnotherProgramPurgesByClaimingWhatIsTrimmed() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        strand("dead", 6);
        theAccountHasSeen();
        redis.command("XTRIM", "in", "MAXLEN", "2");
        redis.command("XAUTOCLAIM", "in", "g", "other", "3600000", "0");
        losses("removed", 4);
    }

    @Test
    void countsWhatTheGroupIsSetPast() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        String skip = "for n = 1, 12 do redis.call('XADD', KEYS[1], '*', 'n', n) end "
                + "return redis.call('XGROUP', 'SETID', KEYS[1], 'g', '$')";
        redis.command("EVAL", skip, "1", "in");
        losses("skipped", 12);
        feed(20, 30);
        settled(30);
        losses("skipped", 12);
    }

    @Test
    void countsAtTheNextStartWhatWasLostMeanwhileAndNeverAgain() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        strand("dead", 3);
        theAccountHasSeen();
        stop();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        feed(20, 60);
        redis.command("XTRIM", "in", "MAXLEN", "25");
        start(stage("c", 30_000));
        settled(45);
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(count("heatwire_entries_lost_total")).isEqualTo(18));
        assertThat(lost("removed") + lost("trimmed_unread")).isEqualTo(18);
        stop();
        start(stage("c", 30_000));
        theAccountHasSeen();
        assertThat(count("heatwire_entries_lost_total")).isEqualTo(18);
    }

    @Test
    void countsOnceThoughSeveralEnginesShareTheGroup() {
        start(stage("c1", 30_000));
        start(stage("c2", 30_000));
        start(stage("c3", 30_000));
        feed(0, 50);
        settled(50);
        strand("dead", 9);
        theAccountHasSeen();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        losses("removed", 9);
    }

    @Test
    void takesAReplayForNoLoss() {
        start(stage("c", 30_000));
        feed(0, 50);
        settled(50);
        theAccountHasSeen();
        redis.command("XGROUP", "SETID", "in", "g", "0");
        settled(100);
        theAccountHasSeen();
        assertThat(count("heatwire_entries_lost_total")).isZero();
        strand("dead", 2);
        theAccountHasSeen();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        losses("removed", 2);
    }

    @Test
    void takesALostGroupForNoLossThoughItsAccountBeganWhenRedisDidNotKnowTheCount() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        theAccountHasSeen();
        // As it is written while Redis does not know how many entries the group has read.
        redis.command("HSET", "in:offset:g", "account", "0  ");
        redis.command("XGROUP", "DESTROY", "in", "g");
        feed(20, 40);
        settled(40);
        theAccountHasSeen();
        assertThat(lost()).allSatisfy((cause, entries) -> assertThat(entries).isZero());
        strand("dead", 3);
        theAccountHasSeen();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        losses("removed", 3);
    }

    @Test
    void countsOnceWhatIsTrimmedUnreadWhileTheGroupIsGone() {
        start(stage("c", 30_000));
        feed(0, 20);
        settled(20);
        theAccountHasSeen();
        stop();
        feed(20, 30);
        redis.command("XGROUP", "DESTROY", "in", "g");
        redis.command("XTRIM", "in", "MAXLEN", "3");
        start(stage("c", 30_000));
        settled(23);
        losses("trimmed_unread", 7);
        stop();
        start(stage("c", 30_000));
        losses("trimmed_unread", 7);
    }

    @Test
    void takesEntriesForNoLossThatWereSettledWhileTheOffsetCouldNotBeSaved() {
        // A stage that writes no hash: only its offset cannot be saved.
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 10, 100, 30_000, 16, Map.of());
        deadLetters = "in:dead:late";
        Engine engine = start(TestOperators.lateStage(source, Map.of("max_wait_ms", 10L, "poll_ms", 5L)));
        feed(0, 20);
        settled(20);
        theAccountHasSeen();
        redis.command("ACL", "SETUSER", "default", "-hset");
        feed(20, 30);
        settled(30);
        redis.command("ACL", "SETUSER", "default", "+hset");
        feed(30, 40);
        settled(40);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health(engine).backlog()).isZero());
        theAccountHasSeen();
        assertThat(redis.hash("in:offset:g")).containsEntry("settled", "30");
        assertThat(count("heatwire_entries_lost_total")).isZero();
        strand("dead", 3);
        theAccountHasSeen();
        redis.command("XGROUP", "DELCONSUMER", "in", "g", "dead");
        losses("removed", 3);
    }

    @Test
    void countsNothingInALongHealthyRunWithTrimsAndSeveralConsumers() {
        Stream.of("c1", "c2", "c3").forEach(consumer -> start(stage(consumer, 500)));
        feed(0, 1);
        settled(1);
        String burst = "for n = 1, ARGV[1] do redis.call('XADD', KEYS[1], 'MAXLEN', '~', 2000, '*', 'n', n) end "
                + "local g = redis.call('XINFO', 'GROUPS', KEYS[1])[1] return redis.call('XPENDING', KEYS[1], 'g')[1]";
        long fed = 1;
        long until = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        for (int round = 0; System.nanoTime() < until; round++) {
            int entries = round % 7 == 0 ? 400 : round % 5;
            redis.command("EVAL", burst, "1", "in", "" + entries);
            fed += entries;
            redis.command("XADD", "in", "MAXLEN", "~", "2000", "*", "n", "x");
            fed++;
            if (round % 20 == 0) {
                strand("dead", 3);
                fed += 3;
                settled(fed);
            }
            long bound = fed - 1000;
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> count("heatwire_entries_committed_total") >= bound);
        }
        settled(fed);
        assertThat(redis.number("XLEN", "in")).isLessThan(fed / 2);
        theAccountHasSeen();
        assertThat(lost()).allSatisfy((cause, entries) -> assertThat(entries).isZero());
    }
}
