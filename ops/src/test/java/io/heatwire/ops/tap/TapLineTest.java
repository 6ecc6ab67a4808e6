package io.heatwire.ops.tap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.PageSize;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamEntry.Field;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TapLineTest {

    private static StreamEntry entry(Field... fields) {
        return new StreamEntry(new EntryId(1795340206775L, 3), List.of(fields));
    }

    @Test
    void oneEntryIsOneLine() {
        assertThat(TapLine.text("plans", 8, entry(Field.of("plan_id", "6770"), Field.of("why", "two words"))))
                .isEqualTo("2026-11-22T09:36:46.775Z  plans     1795340206775-3 plan_id=6770 why=\"two words\"");
    }

    @Test
    void whatCouldDoHarmIsEscaped() {
        String line = TapLine.text("s", 1, entry(Field.of("\u001b[2J", "a\r\nb\u202e")));
        assertThat(line).contains("\"\\u001b[2J\"=\"a\\r\\nb\\u202e\"");
        assertThat(line.codePoints()).noneMatch(Character::isISOControl);
    }

    @Test
    void secretsAreHiddenHoweverTheirNameIsWritten() {
        for (String name :
                List.of("password", "DB_PASSWORD", "api_key", "apiKey", "X-Api-Key", "access.token", "secret2")) {
            assertThat(TapLine.text("s", 1, entry(Field.of(name, "hunter2")))).endsWith("=***");
            assertThat(TapLine.json("s", entry(Field.of(name, "hunter2")))).doesNotContain("hunter2");
        }
        assertThat(Secrets.isSecret("symbol".getBytes(UTF_8))).isFalse();
        assertThat(Secrets.isSecret("passenger".getBytes(UTF_8))).isFalse();
    }

    @Test
    void longValuesAndManyFieldsAreCutWithANote() {
        assertThat(TapLine.text("s", 1, entry(Field.of("long", "x".repeat(5000)))))
                .endsWith("x... (5000 bytes)\"")
                .hasSizeLessThan(250);
        Field[] many =
                IntStream.range(0, 1000).mapToObj(n -> Field.of("f" + n, "v")).toArray(Field[]::new);
        assertThat(TapLine.text("s", 1, entry(many))).endsWith("... and 960 more fields");
    }

    @Test
    void jsonSaysWhatIsNoText() {
        JsonObject fields = JsonParser.parseString(TapLine.json(
                        "s",
                        entry(
                                Field.of("a", "back\\slash \"q\" \u00e9"),
                                new Field("b".getBytes(UTF_8), new byte[] {-1, 0}))))
                .getAsJsonObject()
                .getAsJsonObject("fields");
        assertThat(fields.get("a").getAsString()).isEqualTo("back\\slash \"q\" \u00e9");
        assertThat(fields.getAsJsonObject("b").get("escaped").getAsString()).isEqualTo("\\xff\\u0000");
    }

    @Test
    void anIdThatIsNoTimeIsNoTrouble() {
        StreamEntry byHand = new StreamEntry(new EntryId(-1, -1), List.of());
        assertThat(TapLine.text("s", 1, byHand)).contains("18446744073709551615-18446744073709551615");
    }

    @Test
    void aMatchIsAFieldWithExactlyThisValue() {
        StreamEntry found = entry(Field.of("k", "a=b"));
        assertThat(Match.parse("k=a=b").isMetBy(found)).isTrue();
        assertThat(Match.parse("k=a").isMetBy(found)).isFalse();
        assertThat(Match.parse("k=").isMetBy(entry(Field.of("k", "")))).isTrue();
        assertThatThrownBy(() -> Match.parse("=x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Match.parse("x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSecondHasSoManyPlaces() {
        Rate rate = new Rate(2);
        assertThat(rate.take(1000)).isTrue();
        assertThat(rate.take(1500)).isTrue();
        assertThat(rate.take(1999)).isFalse();
        assertThat(rate.untilNextMs(1999)).isEqualTo(1);
        assertThat(rate.take(2000)).isTrue();
    }

    @Test
    void largeEntriesMakeSmallPages() {
        PageSize size = new PageSize();
        IntStream.range(0, 10).forEach(n -> size.learn(List.of(List.of(entry(Field.of("a", "b"))))));
        assertThat(size.entries()).isEqualTo(200);
        size.learn(List.of(List.of(entry(Field.of("a", "x".repeat(3 << 20))))));
        assertThat(size.entries()).isEqualTo(1);
    }
}
