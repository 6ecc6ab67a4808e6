package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A stage with {@code on_poison: halt} commits nothing for an entry it cannot process and nothing behind it. */
class HaltIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Policy KEEP = new Policy.Keep(1_000_000);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private TestRedis redis;
    private Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        log.start();
        stageLog().addAppender(log);
    }

    @AfterEach
    void stopAll() {
        stageLog().detachAppender(log);
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        redis.close();
    }

    private static Logger stageLog() {
        return (Logger) LoggerFactory.getLogger("heatwire.copy");
    }

    private static StagePlan unguarded(SourcePlan source) {
        return TestOperators.copyStage(source, Map.of("guarded", false));
    }

    private void start(StagePlan stage) {
        registry = new SimpleMeterRegistry();
        engine = Engine.of(TestOperators.plan(redis.plan(), KEEP, stage), registry);
        engine.start().block(PATIENCE);
    }

    private void startHalting() {
        start(TestOperators.halting(unguarded(TestOperators.source("c"))));
    }

    private void feed(int from, int to) {
        IntStream.range(from, to).forEach(n -> redis.add("in", "n", "" + n));
    }

    private StageHealth health() {
        return engine.health().stages().get(0);
    }

    private double halted() {
        return registry.get("heatwire_halted").tag("stage", "copy").gauge().value();
    }

    private void haltedWith(String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(health().error()).startsWith("halted at ").contains(reason));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().state()).isEqualTo(StageState.BACKING_OFF));
        assertThat(halted()).isEqualTo(1);
    }

    private void cameOut(String... numbers) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.entries("out"))
                        .extracting(entry -> entry.get("n"))
                        .containsExactly(numbers));
    }

    private void goesOn() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().state()).isEqualTo(StageState.RUNNING));
        assertThat(health().error()).isEmpty();
        assertThat(halted()).isZero();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.pending("in", "g")).isZero());
    }

    private List<Long> deliveries() {
        return ((List<?>) redis.command("XPENDING", "in", "g", "-", "+", "100"))
                .stream().map(row -> (Long) ((List<?>) row).get(3)).toList();
    }

    private void lookedAgain(int times) {
        long before = health().epochs();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().epochs()).isGreaterThan(before + times));
    }

    @Test
    void goesOnByItselfAndInOrderWhenTheCauseIsMended() {
        redis.command("SET", "by_id:3", "in the way");
        feed(0, 6);
        startHalting();
        haltedWith("wrong_type:by_id:3; nothing behind it is processed; mend the cause");
        feed(6, 8);
        lookedAgain(2);
        cameOut("0", "1", "2");
        assertThat(redis.number("EXISTS", "in:dead:copy")).isZero();
        assertThat(health().committed()).isEqualTo(3);

        redis.command("DEL", "by_id:3");
        cameOut("0", "1", "2", "3", "4", "5", "6", "7");
        goesOn();
        assertThat(redis.number("EXISTS", "in:dead:copy")).isZero();
    }

    @Test
    void countsNoDeliveryWhileItLooksAgainAndSaysOnceWhatIsWrong() {
        feed(0, 1);
        redis.add("in", "n", "poison");
        feed(1, 3);
        startHalting();
        haltedWith("operator_error:java.lang.IllegalStateException: poison poison");
        List<Long> before = deliveries();
        lookedAgain(3);
        assertThat(deliveries()).isEqualTo(before).containsOnly(1L);
        assertThat(errors()).hasSize(2);
        assertThat(errors().get(0)).startsWith("operator copy failed on ");
        assertThat(errors().get(1)).isEqualTo(health().error());
        assertThat(registry.get("heatwire_stage_failures_total").counter().count())
                .isZero();
        cameOut("0");
    }

    private List<String> errors() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == Level.ERROR)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    @Test
    void haltsAtTheDoorAndGoesOnWhenAPersonAcknowledgesTheEntry() {
        feed(0, 1);
        String bare = redis.add("in", "other", "\u001b[31mred\n");
        feed(1, 3);
        startHalting();
        haltedWith("missing_field:n");
        redis.command("XACK", "in", "g", bare);
        cameOut("0", "1", "2");
        goesOn();
    }

    @Test
    void haltsAtOnePoisonousEntryAfterTheOther() {
        redis.add("in", "n", "poison1");
        feed(0, 2);
        String second = redis.add("in", "n", "poison2");
        feed(2, 4);
        startHalting();
        haltedWith("poison poison1");
        redis.command("XACK", "in", "g", redis.oldestPending("in", "g"));
        haltedWith("poison poison2");
        cameOut("0", "1");
        redis.command("XACK", "in", "g", second);
        cameOut("0", "1", "2", "3");
        goesOn();
    }

    @Test
    void movesTheEntryToTheDeadLettersWhenItIsStartedWithoutHalting() {
        feed(0, 2);
        redis.add("in", "n", "poison");
        feed(2, 4);
        startHalting();
        haltedWith("poison");
        engine.drain().block(PATIENCE);
        start(unguarded(TestOperators.source("c")));
        cameOut("0", "1", "2", "3");
        goesOn();
        assertThat(redis.entries("in:dead:copy"))
                .singleElement()
                .satisfies(letter -> assertThat(letter.get("heatwire_reason")).startsWith("operator_error:"));
    }

    @Test
    void haltsBeforeWhatWasDeliveredTooOftenWhateverBecomesOfTheConnection() {
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
        feed(0, 2);
        for (int i = 0; i < 17; i++) {
            redis.command("XREADGROUP", "GROUP", "g", "c", "COUNT", "1", "STREAMS", "in", i == 0 ? ">" : "0");
        }
        startHalting();
        haltedWith("too_many_deliveries:18");
        for (int i = 0; i < 2; i++) {
            redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            lookedAgain(1);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(health().error()).startsWith("halted at "));
        assertThat(redis.number("EXISTS", "out")).isZero();

        String said = health().error();
        String command = said.substring(said.indexOf("XCLAIM "), said.indexOf(" JUSTID"));
        assertThat(command).isEqualTo("XCLAIM in g c 0 " + redis.oldestPending("in", "g") + " RETRYCOUNT 0");
        redis.command("XCLAIM", (command.substring(7) + " JUSTID").split(" "));
        cameOut("0", "1");
        goesOn();
    }

    @Test
    void doesNothingAgainWhenTheGroupIsLostWhileItStandsStill() {
        startHalting();
        feed(0, 2);
        cameOut("0", "1");
        String together =
                "redis.call('XADD', KEYS[1], '*', 'n', '2') return redis.call('XADD', KEYS[1], '*', 'n', 'poison')";
        redis.command("EVAL", together, "1", "in");
        haltedWith("poison");
        cameOut("0", "1", "2");
        redis.command("XGROUP", "DESTROY", "in", "g");
        lookedAgain(2);
        haltedWith("poison");
        cameOut("0", "1", "2");
    }

    @Test
    void anEntryWhoseEffectFailsBehindItsAcknowledgementIsADeadLetterHereToo() {
        redis.command("ACL", "SETUSER", "default", "-pexpire");
        feed(0, 2);
        startHalting();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.entries("in:dead:copy")).hasSize(2));
        assertThat(redis.entries("in:dead:copy"))
                .allSatisfy(letter -> assertThat(letter.get("heatwire_reason")).startsWith("effect_failed:"));
        assertThat(halted()).isZero();
    }

    @Test
    void onlyAStageThatReadsInOrderMayHalt() {
        StagePlan late = TestOperators.halting(TestOperators.lateStage(TestOperators.source("c"), Map.of()));
        assertThatThrownBy(() -> Engine.of(TestOperators.plan(redis.plan(), KEEP, late), registry))
                .hasMessage("late cannot halt: it does not read a stream in order");
    }
}
