package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.health.EdgeHealth;
import io.heatwire.engine.health.StageAccount;
import io.heatwire.engine.health.Status;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.plan.WatchPlan;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each state of an edge, brought about on a real server. */
class EdgeStatesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Policy PLENTY = new Policy.Keep(100_000);

    /** Adds an entry, and has another consumer take and acknowledge it in the same moment. */
    private static final String STEAL = "redis.call('XADD', 'in', '*', 'n', ARGV[1]) "
            + "local got = redis.call('XREADGROUP', 'GROUP', 'g', 'thief', 'STREAMS', 'in', '>') "
            + "for _, row in ipairs(got[1][2]) do redis.call('XACK', 'in', 'g', row[1]) end return 1";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicBoolean isHeld = new AtomicBoolean();
    private final LogLines log = LogLines.ofStages();
    private TestRedis redis;
    private Engine engine;
    private volatile long busy;
    private int n;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
    }

    @AfterEach
    void stopAll() {
        isHeld.set(false);
        if (engine != null) {
            engine.drain().block(PATIENCE);
        }
        log.close();
        redis.close();
    }

    private void start(Policy out, Map<String, Long> paceMs, StagePlan stage) {
        EnginePlan plan =
                TestOperators.plan(redis.plan(), out, stage).watchedBy(new WatchPlan(paceMs, 2_000, 2_000, List.of()));
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    private static StagePlan copy() {
        return TestOperators.copyStage(TestOperators.source("c"), Map.of());
    }

    /** The copy stage, over an operator that stands still while it is held, and that looks up a hash, a value and a stream. */
    private StagePlan holding() {
        OperatorSpec copy = TestOperators.Copy.SPEC;
        OperatorSpec spec = new OperatorSpec(
                "holding",
                "Copies unless it is held.",
                copy.kind(),
                copy.input(),
                List.of(),
                copy.outputs(),
                List.of(
                        new LookUpSpec(
                                "state", LookUpSpec.Type.HASH, List.of(), List.of("equity", "exposure"), "state", "s"),
                        new LookUpSpec("kill", LookUpSpec.Type.VALUE, List.of(), List.of(), "kill", "k"),
                        new LookUpSpec("newest", LookUpSpec.Type.STREAM, List.of(), List.of("sigma"), "newest", "n")),
                List.of(),
                OperatorSpec.Duties.NONE,
                config -> List.of(),
                config -> new Holding());
        Map<String, KeyTemplate> keys = new HashMap<>();
        List.of("state", "kill", "newest").forEach(key -> keys.put(key, KeyTemplate.parse(key)));
        return new StagePlan(
                "copy",
                spec,
                new OperatorConfig(Map.of(), Map.copyOf(keys)),
                TestOperators.source("c"),
                Map.of("out", "out"),
                "in:dead:copy",
                1000);
    }

    private final class Holding implements EventOperator {

        @Override
        public List<LookUp> lookUps(Event event) {
            return List.of();
        }

        @Override
        public Outcome decide(Event event, Found found, long nowMs) {
            // Busy, not blocked: the test's guard against blocking would end it.
            for (long turns = 0; isHeld.get(); turns++) {
                busy = turns;
            }
            return Outcome.apply(
                    List.of(Effect.append(TestOperators.OUT, List.of(event.get("n", ""), "none"))), List.of());
        }
    }

    private void feed(int entries) {
        for (int i = 0; i < entries; i++) {
            redis.add("in", "n", "" + n++);
        }
    }

    private EdgeHealth edge(String from, String to) {
        return engine.health().flow().edges().stream()
                .filter(edge -> edge.from().equals(from) && edge.to().equals(to))
                .findFirst()
                .orElseThrow();
    }

    private void becomes(String from, String to, EdgeState state) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(edge(from, to).state()).as(edge(from, to).why()).isEqualTo(state);
            for (EdgeState each : EdgeState.values()) {
                Gauge gauge = registry.get("heatwire_edge_state")
                        .tags("edge", from + " -> " + to, "state", each.word())
                        .gauge();
                assertThat(gauge.value()).as(each.word()).isEqualTo(each == state ? 1 : 0);
            }
        });
    }

    private List<String> warned(String text) {
        return log.from(Level.WARN).stream().filter(line -> line.contains(text)).toList();
    }

    @Test
    void isDormantWhenTheFeedIsCutAndFlowsAgainWithTheNextEntry() {
        start(PLENTY, Map.of("in", 4_000L, "out", 4_000L), copy());
        feed(3);
        becomes("in", "copy", EdgeState.FLOWING);
        becomes("copy", "out", EdgeState.FLOWING);
        assertThat(engine.health().ready()).isTrue();
        assertThat(engine.health().status()).isEqualTo(Status.OK);

        becomes("in", "copy", EdgeState.DORMANT);
        becomes("copy", "out", EdgeState.DORMANT);
        assertThat(edge("in", "copy").why()).endsWith("and 4 s is the longest silence that is normal");
        assertThat(engine.health().status()).isEqualTo(Status.DEGRADED);
        assertThat(engine.health().ready()).as("no restart would wake the feed").isTrue();
        assertThat(warned("in -> copy: dormant: the last entry came ")).hasSize(1);

        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
        becomes("copy", "out", EdgeState.FLOWING);
        assertThat(engine.health().status()).isEqualTo(Status.OK);
        assertThat(log.from(Level.INFO)).anyMatch(line -> line.startsWith("in -> copy: flowing again after "));
    }

    @Test
    void hasLostItsGroupWhileNobodyMayCreateItAgain() {
        StagePlan stage = TestOperators.copyStage(TestOperators.source("c").onGroupLost(OnGroupLost.STOP), Map.of());
        start(PLENTY, Map.of(), stage);
        feed(3);
        becomes("in", "copy", EdgeState.FLOWING);

        redis.command("XGROUP", "DESTROY", "in", "g");
        becomes("in", "copy", EdgeState.LOST_GROUP);
        assertThat(engine.health().ready()).isFalse();

        redis.command("XGROUP", "CREATE", "in", "g", "$");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(engine.health().ready()).isTrue());
        assertThat(edge("in", "copy").isWell()).isTrue();
    }

    @Test
    void isBlockedWhileItsOutputIsFull() {
        redis.command("XGROUP", "CREATE", "out", "reads-nothing", "0", "MKSTREAM");
        start(new Policy.Cap(300, 10), Map.of(), copy());
        feed(600);
        becomes("copy", "out", EdgeState.BLOCKED);
        becomes("in", "copy", EdgeState.BLOCKED);
        assertThat(edge("copy", "out").why()).contains("FULL", "reads-nothing");

        redis.command("XGROUP", "DESTROY", "out", "reads-nothing");
        becomes("copy", "out", EdgeState.FLOWING);
        await().atMost(PATIENCE).until(() -> engine.health().stages().get(0).committed() == 600);
    }

    @Test
    void isStalledWhileTheOperatorStandsStill() {
        start(PLENTY, Map.of(), holding());
        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
        isHeld.set(true);
        feed(3);
        becomes("in", "copy", EdgeState.STALLED);
        assertThat(edge("in", "copy").why()).contains("entries are pending", "none was settled for");
        assertThat(warned("in -> copy: stalled: ")).hasSize(1);

        isHeld.set(false);
        await().atMost(PATIENCE).until(() -> edge("in", "copy").isWell());
    }

    @Test
    void isStarvedWhenAnotherProgramTakesTheEntriesOfItsGroup() {
        start(PLENTY, Map.of(), copy());
        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
        await().atMost(PATIENCE).until(() -> {
            redis.command("EVAL", STEAL, "0", "" + n++);
            return edge("in", "copy").state() == EdgeState.STARVED;
        });
        assertThat(edge("in", "copy").why()).contains("another program reads this group");

        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
    }

    @Test
    void isStarvedWhenItsReaderDoesNotRead() {
        start(PLENTY, Map.of(), copy());
        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
        // Without the right to read, the stage tries again and again and is given nothing.
        redis.command("ACL", "SETUSER", "default", "-xreadgroup");
        // A read that waits already is still given its entry.
        redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await().atMost(PATIENCE)
                .until(() -> engine.health().stages().get(0).error().contains("NOPERM"));
        feed(5);
        becomes("in", "copy", EdgeState.STARVED);
        assertThat(edge("in", "copy").why()).startsWith("5 entries are there to read");

        redis.command("ACL", "SETUSER", "default", "+xreadgroup");
        becomes("in", "copy", EdgeState.FLOWING);
    }

    @Test
    void isAMismatchWhenWhatArrivesLacksTheFieldsAndAnAliasIsNone() {
        start(PLENTY, Map.of(), copy());
        redis.add("in", "number", "1");
        becomes("in", "copy", EdgeState.FLOWING);
        for (int i = 0; i < 6; i++) {
            redis.add("in", "nr", "" + i, "symbol", "BTCUSDT");
        }
        becomes("in", "copy", EdgeState.MISMATCH);
        assertThat(edge("in", "copy").why())
                .isEqualTo(
                        "none of the newest 5 entries has what is needed; the newest lacks n or number and has nr, symbol");
        assertThat(engine.health().ready()).isTrue();

        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
    }

    @Test
    void isAbsentWhenItsStreamWasThereAndIsGone() {
        start(PLENTY, Map.of(), copy());
        becomes("copy", "out", EdgeState.IDLE);
        assertThat(edge("copy", "out").why()).contains("the first append creates the stream");
        feed(1);
        becomes("copy", "out", EdgeState.FLOWING);
        redis.command("DEL", "out");
        becomes("copy", "out", EdgeState.ABSENT);
        assertThat(engine.health().ready()).isFalse();

        feed(1);
        becomes("copy", "out", EdgeState.FLOWING);
    }

    @Test
    void looksUpAreJudgedByWhatIsThere() {
        redis.add("newest", "vol", "0.2");
        start(PLENTY, Map.of("state", 2_000L), holding());
        becomes("state", "copy", EdgeState.ABSENT);
        becomes("kill", "copy", EdgeState.IDLE);
        becomes("newest", "copy", EdgeState.MISMATCH);
        assertThat(edge("newest", "copy").why()).endsWith("the newest lacks sigma and has vol");
        assertThat(engine.health().ready())
                .as("a stage without them can still work")
                .isTrue();

        redis.command("HSET", "state", "equityy", "1");
        becomes("state", "copy", EdgeState.MISMATCH);
        assertThat(edge("state", "copy").why())
                .isEqualTo("state is there, but none of the fields that are read is: equity, exposure");
        redis.command("DEL", "state");
        redis.command("SET", "state", "{}");
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(edge("state", "copy").why()).isEqualTo("state is there, but it is not a hash"));

        redis.command("DEL", "state");
        redis.command("HSET", "state", "equity", "1");
        redis.command("SET", "kill", "1");
        redis.add("newest", "sigma", "0.2");
        becomes("state", "copy", EdgeState.FLOWING);
        becomes("kill", "copy", EdgeState.FLOWING);
        becomes("newest", "copy", EdgeState.FLOWING);
        assertThat(engine.health().status()).isEqualTo(Status.OK);
    }

    @Test
    void isUnknownWhileRedisIsGone() {
        start(PLENTY, Map.of(), copy());
        feed(1);
        becomes("in", "copy", EdgeState.FLOWING);
        redis.server().kill();
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(edge("in", "copy").state()).isEqualTo(EdgeState.UNKNOWN));
        assertThat(engine.health().ready()).isFalse();

        redis.crash();
        await().atMost(PATIENCE).until(() -> edge("in", "copy").isWell());
    }

    @Test
    void theAccountComesOutEvenThroughDeadLettersDuplicatesAndLostConnections() {
        start(PLENTY, Map.of(), copy());
        feed(400);
        redis.add("in", "n", "1");
        redis.add("in", "no", "number");
        redis.add("in", "n", "poison");
        for (int i = 0; i < 5; i++) {
            feed(200);
            redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        }
        await().atMost(PATIENCE)
                .until(() -> redis.pending("in", "g") == 0 && edge("in", "copy").isWell());
        await().atMost(PATIENCE).untilAsserted(() -> {
            StageAccount account = engine.health().flow().accounts().get(0);
            // A commit whose answer went with its connection: given up here, done in Redis, and not read again.
            long entries = redis.number("XLEN", "in");
            assertThat(account.committed() + account.duplicate() + account.dead())
                    .isBetween(entries - account.givenUp(), entries);
            // One for each number that was fed; the one that came again is a duplicate.
            assertThat(redis.number("XLEN", "out")).isEqualTo(n);
            assertThat(account.dead()).isEqualTo(2);
            assertThat(account.unaccounted()).as(account.toString()).isZero();
            assertThat(account.inFlight()).isZero();
        });
        assertThat(registry.get("heatwire_unaccounted_entries").gauge().value()).isZero();
    }
}
