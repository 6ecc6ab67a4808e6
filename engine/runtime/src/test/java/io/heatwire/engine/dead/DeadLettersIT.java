package io.heatwire.engine.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.Engine;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.dead.DeadLetter.Field;
import io.heatwire.engine.dead.Requeued.Result;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisAccess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dead letters put back and deleted on a real server, beside a running engine. The stage has no guards: only the gate holds. */
class DeadLettersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String DEAD = "in:dead:copy";

    private TestRedis redis;
    private SimpleMeterRegistry registry;
    private Engine engine;
    private RedisAccess access;
    private EnginePlan plan;
    private DeadLetters letters;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 100, 50, 200, 16, Map.of());
        StagePlan stage = TestOperators.copyStage(source, Map.of("guarded", false));
        plan = TestOperators.plan(redis.plan(), new Policy.Keep(1_000_000), stage);
        access = RedisAccess.connect(redis.plan()).block(PATIENCE);
        letters = new DeadLetters(access, plan, stage);
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
    }

    @AfterEach
    void stopAll() {
        stopEngine();
        access.close().block(PATIENCE);
        redis.close();
    }

    private void startEngine() {
        registry = new SimpleMeterRegistry();
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    private void stopEngine() {
        if (engine != null) {
            engine.drain().block(PATIENCE);
            engine = null;
        }
    }

    /** An entry whose hash key holds another type becomes a letter; without that key it can be processed. */
    private String bury(String... pairs) {
        long before = redis.number("XLEN", DEAD);
        redis.command("SET", "by_id:" + pairs[1], "in the way");
        String id = redis.add("in", pairs);
        if (engine == null) {
            startEngine();
        }
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == before + 1);
        redis.command("DEL", "by_id:" + pairs[1]);
        return id;
    }

    private EntryId newest() {
        return letters.newestFirst(1).blockFirst(PATIENCE).id();
    }

    private Requeued requeue(EntryId id) {
        return letters.requeue(id, Consent.NONE).block(PATIENCE);
    }

    private List<String> cameOut() {
        return redis.entries("out").stream().map(entry -> entry.get("n")).toList();
    }

    private void settled() {
        await().atMost(PATIENCE).until(() -> redis.pending("in", "g") == 0);
    }

    @Test
    void putsAnEntryBackInItsOldPlaceForItsOwnGroupOnly() {
        redis.command("XGROUP", "CREATE", "in", "other", "0");
        String source = bury("n", "3");
        redis.command("XREADGROUP", "GROUP", "other", "o", "COUNT", "10", "NOACK", "STREAMS", "in", ">");
        EntryId letter = newest();

        assertThat(requeue(letter)).isEqualTo(new Requeued(Result.PUT_BACK, List.of(source)));
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("3")));
        settled();
        assertThat(redis.number("XLEN", DEAD)).isZero();
        assertThat(redis.number("XLEN", "in")).isEqualTo(1);
        assertThat(redis.command("XREADGROUP", "GROUP", "other", "o", "COUNT", "10", "STREAMS", "in", ">"))
                .isNull();
        assertThat(requeue(letter).result()).isEqualTo(Result.ABSENT);
        assertThat(cameOut()).containsExactly("3");
    }

    @Test
    void countsTheDeliveriesOfWhatItPutBackAnew() {
        String source = bury("n", "3");
        stopEngine();
        requeue(newest());
        assertThat(redis.command("XPENDING", "in", "g", "-", "+", "10").toString())
                .startsWith("[[" + source + ", requeue, ")
                .endsWith(", 0]]");
    }

    @Test
    void refusesWhatIsPendingAlready() {
        String source = bury("n", "3");
        stopEngine();
        redis.command("XCLAIM", "in", "g", "somebody", "0", source, "FORCE", "JUSTID");
        assertThat(requeue(newest())).isEqualTo(new Requeued(Result.PENDING, List.of("somebody")));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(1);
    }

    @Test
    void appendsAnEntryThatHasLeftItsStreamByteForByte() {
        String binary =
                "local a = redis.call('XADD', KEYS[1], '*', 'n', '3', string.char(255, 0), string.char(27, 195, 40)) "
                        + "redis.call('SET', 'by_id:3', 'x') return a";
        // Not UTF-8, so the door refuses it: its bytes must survive the dead letter and the way back.
        String source = (String) redis.command("EVAL", binary, "1", "in");
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 1);
        stopEngine();
        redis.command("XDEL", "in", source);

        Requeued requeued = requeue(newest());

        assertThat(requeued.result()).isEqualTo(Result.APPENDED);
        List<?> entries = (List<?>) access.bytes("XRANGE", "in", "-", "+").block(PATIENCE);
        List<?> entry = (List<?>) entries.get(0);
        assertThat(new String((byte[]) entry.get(0), StandardCharsets.US_ASCII))
                .isEqualTo(requeued.detail().get(0));
        assertThat((List<?>) entry.get(1))
                .extracting(each -> HexFormat.of().formatHex((byte[]) each))
                .containsExactly("6e", "33", "ff00", "1bc328");
        assertThat(redis.number("XLEN", DEAD)).isZero();
    }

    @Test
    void takesAnotherEntryUnderTheSameIdForWhatItIs() {
        String source = bury("n", "3");
        stopEngine();
        redis.command("DEL", "in");
        redis.command("XADD", "in", source, "n", "4");
        redis.command("XGROUP", "CREATE", "in", "g", "$");
        assertThat(requeue(newest()).result()).isEqualTo(Result.APPENDED);
        assertThat(redis.entries("in")).containsExactly(Map.of("n", "4"), Map.of("n", "3"));
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void asksBeforeOtherGroupsReadAnEntryASecondTime() {
        redis.command("XGROUP", "CREATE", "in", "other", "0");
        String source = bury("n", "3");
        redis.command("XDEL", "in", source);
        assertThat(requeue(newest())).isEqualTo(new Requeued(Result.OTHER_GROUPS, List.of(source, "other")));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(1);

        assertThat(letters.requeue(newest(), new Consent(false, true))
                        .block(PATIENCE)
                        .result())
                .isEqualTo(Result.APPENDED);
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("3")));
    }

    @Test
    void asksBeforeEffectsThatWereAppliedAreAppliedAgain() {
        redis.command("ACL", "SETUSER", "default", "-pexpire");
        redis.add("in", "n", "3");
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 1);
        redis.command("ACL", "SETUSER", "default", "+pexpire");
        assertThat(cameOut()).containsExactly("3");

        Requeued refused = requeue(newest());
        assertThat(refused.result()).isEqualTo(Result.EFFECTS_APPLIED);
        assertThat(refused.detail().get(0)).startsWith("effect_failed:");
        letters.requeue(newest(), new Consent(true, false)).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("3", "3")));
    }

    @Test
    void doesNothingAtAllWithoutTheRightToDeleteTheLetter() {
        bury("n", "3");
        String source = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", source);
        redis.command("ACL", "SETUSER", "default", "-xdel");
        letters.newestFirst(10)
                .toIterable()
                .forEach(
                        letter -> assertThatThrownBy(() -> requeue(letter.id())).isInstanceOf(LinkException.class));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
        assertThat(redis.number("XLEN", "in")).isEqualTo(1);
    }

    @Test
    void doesNothingAtAllWithoutTheRightToPutTheEntryBack() {
        bury("n", "3");
        String source = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", source);
        redis.command("ACL", "SETUSER", "default", "-xclaim", "-xadd");
        letters.newestFirst(10)
                .toIterable()
                .forEach(
                        letter -> assertThatThrownBy(() -> requeue(letter.id())).isInstanceOf(LinkException.class));
        assertThat(redis.number("XLEN", DEAD)).isEqualTo(2);
        assertThat(redis.pending("in", "g")).isZero();
    }

    @Test
    void needsTheRightsThatTheDocumentationNamesAndNoOthers() {
        String put = bury("n", "3");
        String gone = bury("n", "4");
        stopEngine();
        redis.command("XDEL", "in", gone);
        // As in docs/security.md, with the keys of this test.
        String rights =
                "on >secret ~in* +evalsha +script|load +xadd +xlen +xrange +xrevrange +xpending +xclaim +xinfo|groups"
                        + " +hmget +hset +hdel +time +client|id +xdel";
        redis.command("ACL", ("SETUSER person reset " + rights).split(" "));
        RedisPlan asPerson =
                new RedisPlan(plan.redis().host(), plan.redis().port(), 0, "person", "secret", false, 3000);
        RedisAccess own = RedisAccess.connect(asPerson).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            assertThat(mine.summary(10).block(PATIENCE).letters()).isEqualTo(2);
            assertThat(mine.oldestFirst().map(LetterHead::id).collectList().block(PATIENCE).stream()
                            .map(id -> mine.requeue(id, Consent.NONE)
                                    .block(PATIENCE)
                                    .result()))
                    .containsExactly(Result.PUT_BACK, Result.APPENDED);
            assertThat(mine.drop(List.of(new EntryId(1, 1))).block(PATIENCE)).isZero();
            assertThat(redis.oldestPending("in", "g")).isEqualTo(put);
        } finally {
            own.close().block(PATIENCE);
        }
        assertThat((List<?>) redis.command("ACL", "LOG")).isEmpty();
    }

    @Test
    void neverFillsACappedStreamOverItsCap() {
        String source = bury("n", "3");
        stopEngine();
        redis.command("XDEL", "in", source);
        redis.add("in", "n", "5");
        redis.add("in", "n", "6");
        EnginePlan capped = new EnginePlan(
                plan.redis(), List.of(new StreamPlan("in", new Policy.Cap(2, 1))), plan.stages(), plan.drainMs());
        DeadLetters full = new DeadLetters(access, capped, plan.stages().get(0));
        assertThat(full.requeue(newest(), Consent.NONE).block(PATIENCE))
                .isEqualTo(new Requeued(Result.FULL, List.of("2")));
    }

    @Test
    void saysWhenTheGroupIsNotThere() {
        bury("n", "3");
        stopEngine();
        redis.command("XGROUP", "DESTROY", "in", "g");
        assertThat(requeue(newest()).result()).isEqualTo(Result.NO_GROUP);
        redis.command("DEL", "in");
        assertThat(requeue(newest()).result()).isEqualTo(Result.NO_GROUP);
        assertThat(redis.number("EXISTS", "in")).isZero();
    }

    @Test
    void keepsTheAccountOfTheGroupSoThatNobodyTakesItForSetBack() {
        bury("n", "3");
        redis.add("in", "n", "4");
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("4")));
        requeue(newest());
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("4", "3")));
        settled();
        assertThat(redis.hash("in:offset:g"))
                .containsEntry("settled", "2")
                .containsEntry("base", "0")
                .containsEntry("held", "0")
                .doesNotContainKey("pending");
        assertThat(registry.get("heatwire_group_rewound_total").counter().count())
                .isZero();
    }

    @Test
    void forgetsNothingWhenTheGroupIsLostRightAfterwards() {
        String source = bury("n", "3");
        redis.add("in", "n", "4");
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("4")));
        stopEngine();
        requeue(newest());
        assertThat(redis.hash("in:offset:g"))
                .containsEntry("settled", "1")
                .containsEntry("held", "1")
                .containsEntry("pending", source);
        redis.command("XGROUP", "DESTROY", "in", "g");
        startEngine();
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("4", "3")));
        settled();
        assertThat(cameOut()).containsExactly("4", "3");
    }

    @Test
    void leavesAloneWhatNoStageWrote() {
        redis.add(DEAD, "n", "3");
        redis.add(
                DEAD,
                "heatwire_reason",
                "x",
                "heatwire_source_id",
                "(1-1",
                "heatwire_deliveries",
                "1",
                "heatwire_stage",
                "s");
        redis.add(
                DEAD,
                "heatwire_fields_msgpack",
                "not packed",
                "heatwire_reason",
                "x",
                "heatwire_source_id",
                "1-1",
                "heatwire_deliveries",
                "1",
                "heatwire_stage",
                "s");
        List<LetterHead> heads = letters.oldestFirst().collectList().block(PATIENCE);
        assertThat(heads)
                .hasSize(3)
                .allSatisfy(head -> assertThat(requeue(head.id()).result()).isEqualTo(Result.FOREIGN));
        assertThat(letters.letter(heads.get(0).id()).block(PATIENCE).stamp()).isNull();
        assertThat(letters.letter(heads.get(2).id()).block(PATIENCE).stamp()).isNull();
    }

    @Test
    void tellsTheProducersFieldsFromItsOwnWhateverTheyAreCalled() {
        String packedByTheProducer = bury("heatwire_fields_msgpack", "\u0092\u00a1a\u00a1b", "heatwire_reason", "mine");
        DeadLetter letter = letters.letter(newest()).block(PATIENCE);
        assertThat(names(letter)).containsExactly("heatwire_fields_msgpack", "heatwire_reason");
        assertThat(letter.stamp().reason()).asString(StandardCharsets.UTF_8).isEqualTo("missing_field:n");
        assertThat(letter.stamp().sourceId()).asString().isEqualTo(packedByTheProducer);
        stopEngine();
        assertThat(requeue(newest()).result()).isEqualTo(Result.PUT_BACK);
    }

    @Test
    void neverUnpacksWhatAProducerPacked() {
        String packed =
                "return redis.call('XADD', KEYS[1], '*', 'heatwire_fields_msgpack', string.char(146, 161, 97, 161, 98))";
        redis.command("EVAL", packed, "1", "in");
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 1);
        stopEngine();
        DeadLetter letter = letters.letter(newest()).block(PATIENCE);
        assertThat(names(letter)).containsExactly("heatwire_fields_msgpack");
        assertThat(letter.fields().get(0).value()).containsExactly(146, 161, 97, 161, 98);
        assertThat(requeue(newest()).result()).isEqualTo(Result.PUT_BACK);
    }

    private static List<String> names(DeadLetter letter) {
        return letter.fields().stream()
                .map(field -> new String(field.name(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void readsAndPutsBackAnEntryWithTenThousandFields() {
        String source = bury(wide("wide", 10_000));
        DeadLetter letter = letters.letter(newest()).block(PATIENCE);
        assertThat(letter.fields()).hasSize(10_000);
        assertThat(letter.fields().get(9_999).name()).asString().isEqualTo("f9999");
        assertThat(requeue(newest())).isEqualTo(new Requeued(Result.PUT_BACK, List.of(source)));
        await().atMost(PATIENCE).until(() -> cameOut().equals(List.of("wide")));
    }

    @Test
    void appendsPackedFieldsUnpackedAsFarAsAScriptCan() {
        String source = bury(wide("wide", 3_500));
        stopEngine();
        redis.command("XDEL", "in", source);
        assertThat(requeue(newest()).result()).isEqualTo(Result.APPENDED);
        assertThat(redis.entries("in"))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .hasSize(3_500)
                        .containsEntry("n", "wide")
                        .containsKey("f3499"));

        String wider = bury(wide("wider", 10_000));
        stopEngine();
        redis.command("XDEL", "in", wider);
        assertThat(requeue(newest())).isEqualTo(new Requeued(Result.TOO_WIDE, List.of("10000")));
    }

    private static String[] wide(String n, int fields) {
        String[] pairs = new String[2 * fields];
        Arrays.fill(pairs, "v");
        pairs[0] = "n";
        pairs[1] = n;
        IntStream.range(1, fields).forEach(i -> pairs[2 * i] = "f" + i);
        return pairs;
    }

    @Test
    void sumsUpCountsAgesAndReasons() {
        assertThat(letters.summary(10).block(PATIENCE)).isEqualTo(new DeadSummary(0, 0, 0, 0, Map.of()));
        IntStream.range(0, 700).forEach(n -> redis.add("in", "n", "poison"));
        IntStream.range(0, 3).forEach(n -> redis.add("in", "m", "none"));
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 703);
        redis.add(DEAD, "by", "hand");
        DeadSummary summary = letters.summary(10_000).block(PATIENCE);
        assertThat(summary.letters()).isEqualTo(704);
        assertThat(summary.scanned()).isEqualTo(704);
        assertThat(summary.reasons())
                .containsExactly(Map.entry("operator_error", 700L), Map.entry("missing_field", 3L), Map.entry("", 1L));
        assertThat(summary.oldestAgeMs()).isGreaterThanOrEqualTo(summary.newestAgeMs());
        assertThat(letters.summary(500).block(PATIENCE).scanned()).isEqualTo(500);
        assertThat(letters.oldestFirst().collectList().block(PATIENCE))
                .hasSize(704)
                .isSortedAccordingTo(Comparator.comparing(LetterHead::id));
    }

    @Test
    void deletesEachLetterOnce() {
        IntStream.range(0, 700).forEach(n -> redis.add("in", "m", "none"));
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 700);
        List<EntryId> ids = ids();
        assertThat(letters.drop(ids).block(PATIENCE)).isEqualTo(700);
        assertThat(letters.drop(ids).block(PATIENCE)).isZero();
    }

    private List<EntryId> ids() {
        return letters.oldestFirst().map(LetterHead::id).collectList().block(PATIENCE);
    }

    /** Letters whose cause is gone, half of them no longer in the stream. */
    private List<EntryId> mendedLetters(int count) {
        IntStream.range(0, count).forEach(n -> redis.command("SET", "by_id:" + n, "in the way"));
        List<String> sources = IntStream.range(0, count)
                .mapToObj(n -> redis.add("in", "n", "" + n))
                .toList();
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == count);
        IntStream.range(0, count).forEach(n -> redis.command("DEL", "by_id:" + n));
        IntStream.range(0, count / 2).forEach(n -> redis.command("XDEL", "in", sources.get(2 * n)));
        return ids();
    }

    private void everythingCameOutOnce(int count) {
        await().atMost(PATIENCE).until(() -> cameOut().size() >= count);
        settled();
        assertThat(cameOut())
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, count).mapToObj(String::valueOf).toList());
        assertThat(redis.number("XLEN", DEAD)).isZero();
    }

    @Test
    void putsEachLetterBackOnceThoughManyAskAtTheSameTime() throws Exception {
        List<EntryId> ids = mendedLetters(400);
        ExecutorService people = Executors.newFixedThreadPool(6);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                all.add(() -> requeueAll(ids));
            }
            long done = 0;
            for (Future<Long> one : people.invokeAll(all)) {
                done += one.get();
            }
            assertThat(done).isEqualTo(400);
        } finally {
            people.shutdownNow();
        }
        everythingCameOutOnce(400);
    }

    private long requeueAll(List<EntryId> ids) {
        RedisAccess own = RedisAccess.connect(redis.plan()).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            return ids.stream()
                    .filter(id -> mine.requeue(id, Consent.NONE).block(PATIENCE).isDone())
                    .count();
        } finally {
            own.close().block(PATIENCE);
        }
    }

    @Test
    void putsEachLetterBackOnceThoughConnectionsAndRepliesAreLost() throws Exception {
        List<EntryId> ids = mendedLetters(100);
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            Future<?> first = threads.submit(() -> requeueStubbornly(ids));
            Future<?> second = threads.submit(() -> requeueStubbornly(ids));
            Future<?> storm = threads.submit(() -> {
                while (!done.get()) {
                    redis.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
                }
            });
            first.get();
            second.get();
            done.set(true);
            storm.get();
        } finally {
            threads.shutdownNow();
        }
        everythingCameOutOnce(100);
    }

    /** As a person does: the command broke off, so it is given again, until it finds nothing to do. */
    private void requeueStubbornly(List<EntryId> ids) {
        List<EntryId> left = new ArrayList<>(ids);
        while (!left.isEmpty()) {
            try {
                requeueUntilItBreaksOff(left);
            } catch (LinkException lost) {
                // The reply may be lost though the letter is on its way.
            }
        }
    }

    private void requeueUntilItBreaksOff(List<EntryId> left) {
        RedisAccess own = RedisAccess.connect(redis.plan()).block(PATIENCE);
        try {
            DeadLetters mine = new DeadLetters(own, plan, plan.stages().get(0));
            while (!left.isEmpty()) {
                mine.requeue(left.get(0), Consent.NONE).block(PATIENCE);
                left.remove(0);
                if (left.size() % 10 == 0) {
                    // Asked, and gone before the reply.
                    left.stream()
                            .limit(1)
                            .forEach(id -> mine.requeue(id, Consent.NONE).subscribe(reply -> {}, lost -> {}));
                    return;
                }
            }
        } finally {
            own.close().block(PATIENCE);
        }
    }

    @Test
    void aStageThatReadsNoStreamDecidesAnewByItself() {
        StagePlan polled = new StagePlan(
                "tick",
                TestOperators.Tick.SPEC,
                TestOperators.config(TestOperators.Tick.SPEC, Map.of()),
                new SourcePlan.OnInterval(50, "item", List.of("a")),
                Map.of("out", "out"),
                "tick:dead",
                1000);
        assertThat(new DeadLetters(access, plan, polled)
                        .requeue(EntryId.ZERO, Consent.NONE)
                        .block(PATIENCE)
                        .result())
                .isEqualTo(Result.NO_INPUT);
    }

    @Test
    void keepsFieldsThatAreNotTextAsBytes() {
        redis.command("EVAL", "return redis.call('XADD', KEYS[1], '*', 'n', string.char(255, 254, 0, 27))", "1", "in");
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 1);
        Field field = letters.letter(newest()).block(PATIENCE).fields().get(0);
        assertThat(field.value()).containsExactly(255, 254, 0, 27);
    }
}
