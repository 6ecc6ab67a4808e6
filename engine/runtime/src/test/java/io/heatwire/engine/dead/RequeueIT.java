package io.heatwire.engine.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.dead.Requeued.Result;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Dead letters put back beside a running engine: where, for whom, and when they are not. */
class RequeueIT extends LettersOnRedis {

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
}
