package io.heatwire.engine.dead;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.dead.DeadLetter.Field;
import io.heatwire.engine.dead.Requeued.Result;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Dead letters read, summed up and deleted, whatever is in them. */
class DeadLettersIT extends LettersOnRedis {

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
    void keepsFieldsThatAreNotTextAsBytes() {
        redis.command("EVAL", "return redis.call('XADD', KEYS[1], '*', 'n', string.char(255, 254, 0, 27))", "1", "in");
        startEngine();
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == 1);
        Field field = letters.letter(newest()).block(PATIENCE).fields().get(0);
        assertThat(field.value()).containsExactly(255, 254, 0, 27);
    }

    private static List<String> names(DeadLetter letter) {
        return letter.fields().stream()
                .map(field -> new String(field.name(), StandardCharsets.UTF_8))
                .toList();
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
}
