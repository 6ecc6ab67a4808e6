package io.heatwire.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.engine.link.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes that are counted up, on a real server: once for each entry, and nothing of an entry that cannot be counted. */
class CountersIT extends CommitsOnRedis {

    private static final Output.ToStream OUT = new Output.ToStream("out", List.of("v"), false, "");
    private static final Output.ToHash HASH = new Output.ToHash("hash", List.of(), List.of("v"), false, null, "");
    private static final Output.ToCounters COUNTS =
            new Output.ToCounters("counts", List.of(), List.of("count", "it's"), "");

    private static final OperatorSpec SPEC = new OperatorSpec(
            "counting",
            "",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(),
            List.of(OUT, HASH, COUNTS),
            List.of(),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> {
                throw new IllegalStateException("not run here");
            });

    CountersIT() {
        super(SPEC, Map.of());
    }

    private static Effect count(String key, long amount) {
        return new Effect.Increment(COUNTS, key, 60_000, List.of(1L, amount));
    }

    private String reason() {
        return redis.entries("dead").get(0).get("heatwire_reason");
    }

    @Test
    void countsEachEntryOnceHoweverOftenItIsCommitted() {
        List<Entry> entries = read(3);
        Decided[] all = {
            apply(entries.get(0), count("c", 5)),
            apply(entries.get(1), count("c", -7), count("d", 1)),
            apply(entries.get(2), count("c", 0))
        };
        assertThat(settled(all)).containsOnly(Settled.COMMITTED);
        assertThat(settled(all)).containsOnly(Settled.REFUSED);
        assertThat(redis.hash("c")).isEqualTo(Map.of("count", "3", "it's", "-2"));
        assertThat(redis.hash("d")).isEqualTo(Map.of("count", "1", "it's", "1"));
        assertThat(redis.pending("in", "g")).isZero();
    }

    /** The negative control: what keeps the counts exact is the gate. */
    @Test
    void wouldCountTwiceIfTheAcknowledgementDidNotDecide() {
        Entry entry = read(1).get(0);
        link.close().block(PATIENCE);
        String ungated = script.text()
                .replace("if must('XACK',K[1],A[1],id) == 0 then return false end", "must('XACK',K[1],A[1],id)");
        assertThat(ungated).isNotEqualTo(script.text());
        link = links.open(source, ungated).block(PATIENCE);
        settled(apply(entry, count("c", 1)));
        settled(apply(entry, count("c", 1)));
        assertThat(redis.hash("c")).containsEntry("count", "2");
    }

    /** The negative control: unlooked at, one field is counted before the other fails. */
    @Test
    void wouldCountHalfIfFieldsWereNotLookedAtFirst() {
        Entry entry = read(1).get(0);
        link.close().block(PATIENCE);
        String blind = script.text().replace("if v and v ~= '0' and not", "if v and v == '' and not");
        assertThat(blind).isNotEqualTo(script.text());
        link = links.open(source, blind).block(PATIENCE);
        redis.command("HSET", "c", "count", "4", "it's", "many");
        assertThat(settled(apply(entry, count("c", 1)))).containsExactly(Settled.DIVERTED);
        assertThat(redis.hash("c")).isEqualTo(Map.of("count", "5", "it's", "many"));
    }

    @Test
    void standsBesideOtherEffectsOfTheEntry() {
        Entry entry = read(1).get(0);
        assertThat(settled(apply(
                        entry,
                        count("c", 2),
                        Effect.append(OUT, List.of("x")),
                        Effect.putHash(HASH, "h", 0, List.of("y")),
                        count("c", 3))))
                .containsExactly(Settled.COMMITTED);
        assertThat(redis.hash("c")).isEqualTo(Map.of("count", "2", "it's", "5"));
        assertThat(redis.hash("h")).isEqualTo(Map.of("v", "y"));
        assertThat(redis.entries("out")).hasSize(1);
    }

    @Test
    void setsTheTimeToLiveAnewOrTakesItAway() {
        List<Entry> entries = read(2);
        settled(apply(entries.get(0), count("c", 1)));
        assertThat(redis.number("PTTL", "c")).isBetween(1L, 60_000L);
        settled(apply(entries.get(1), new Effect.Increment(COUNTS, "c", 0, List.of(1L, 1L))));
        assertThat(redis.number("PTTL", "c")).isEqualTo(-1);
    }

    @Test
    void aKeyOfAnotherTypeMakesADeadLetterAndNothingIsWritten() {
        List<Entry> entries = read(2);
        redis.command("SET", "c", "in the way");
        assertThat(settled(
                        apply(entries.get(0), Effect.append(OUT, List.of("x")), count("d", 1), count("c", 1)),
                        apply(entries.get(1), count("d", 1))))
                .containsExactly(Settled.WRONG_TYPE, Settled.COMMITTED);
        assertThat(reason()).isEqualTo("wrong_type:c");
        assertThat(redis.hash("d")).isEqualTo(Map.of("count", "1", "it's", "1"));
        assertThat(redis.number("EXISTS", "out")).isZero();
        assertThat(redis.pending("in", "g")).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "", "many", " 1", "1 ", "007", "-0", "+1", "1e3", "9223372036854775807", "1\n"})
    void aFieldThatIsNoWholeNumberMakesADeadLetterAndNothingIsCounted(String held) {
        Entry entry = read(1).get(0);
        redis.command("HSET", "c", "count", "4", "it's", held);
        assertThat(settled(apply(entry, count("c", 1)))).containsExactly(Settled.WRONG_TYPE);
        assertThat(reason()).isEqualTo("wrong_type:c (field it's is no whole number)");
        assertThat(redis.hash("c")).isEqualTo(Map.of("count", "4", "it's", held));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-3", "999999999999999999", "-99999999999999999"})
    void aFieldThatIsAWholeNumberIsCountedUp(String held) {
        Entry entry = read(1).get(0);
        redis.command("HSET", "c", "it's", held);
        assertThat(settled(apply(entry, count("c", Effect.LARGEST_INCREMENT)))).containsExactly(Settled.COMMITTED);
        assertThat(redis.hash("c"))
                .containsEntry("it's", Long.toString(Long.parseLong(held) + Effect.LARGEST_INCREMENT));
    }

    @Test
    void whatMayNotBeCountedBecomesADeadLetterOrIsPutBackAndCountsOnceAfterwards() {
        List<Entry> entries = read(2);
        redis.command("ACL", "SETUSER", "default", "-hincrby");
        assertThat(settled(apply(entries.get(0), count("c", 1)))).containsExactly(Settled.DIVERTED);
        assertThat(reason()).startsWith("effect_failed:");
        redis.command("ACL", "SETUSER", "default", "-xadd");
        assertThat(settled(apply(entries.get(1), count("c", 1)))).containsExactly(Settled.PUT_BACK);
        assertThat(redis.pending("in", "g")).isEqualTo(1);
        redis.command("ACL", "SETUSER", "default", "+@all");
        assertThat(settled(apply(entries.get(1), count("c", 1)))).containsExactly(Settled.COMMITTED);
        assertThat(redis.hash("c")).isEqualTo(Map.of("count", "1", "it's", "1"));
    }

    @Test
    void whatCannotBeReadBeforehandIsPutBack() {
        Entry entry = read(1).get(0);
        redis.command("ACL", "SETUSER", "default", "-hmget");
        List<Settled> held = new ArrayList<>();
        try {
            held.addAll(settled(apply(entry, count("c", 1))));
        } catch (RuntimeException refused) {
            // The saved offset is read by the same command: then the whole call is refused, which is as good.
            held.add(Settled.PUT_BACK);
        }
        assertThat(held).containsExactly(Settled.PUT_BACK);
        redis.command("ACL", "SETUSER", "default", "+hmget");
        assertThat(settled(apply(entry, count("c", 1)))).containsExactly(Settled.COMMITTED);
    }

    @Test
    void refusesAmountsThatNoCommitCanCarryOut() {
        assertThat(encoder.problem(
                        Outcome.apply(List.of(new Effect.Increment(COUNTS, "c", 0, List.of(1L))), List.of())))
                .isEqualTo("2 fields are declared, 1 amounts were given");
        assertThat(encoder.problem(Outcome.apply(List.of(count("c", Effect.LARGEST_INCREMENT + 1)), List.of())))
                .isEqualTo("1000000000000001 is too large to be added at once");
        assertThat(encoder.problem(Outcome.apply(List.of(count("c", Long.MIN_VALUE)), List.of())))
                .endsWith("is too large to be added at once");
        assertThat(encoder.problem(Outcome.apply(List.of(count("c", -3)), List.of())))
                .isNull();
    }
}
