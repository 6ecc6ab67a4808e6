package io.heatwire.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How decided entries are split into calls that do not hold Redis up. */
class CommitEncoderTest {

    private static final Output.ToStream OUT = new Output.ToStream("out", List.of("n"), true, "");

    private static Decided decided(int n, Outcome outcome) {
        EntryId id = new EntryId(n, 0);
        return new Decided(id, Event.of(id, Map.of("n", "x".repeat(5_000_000))), 1, outcome);
    }

    private static List<Integer> sizes(List<Decided> entries) {
        List<List<Decided>> chunks = CommitEncoder.split(entries);
        assertThat(chunks.stream().flatMap(List::stream).toList()).isEqualTo(entries);
        return chunks.stream().map(List::size).toList();
    }

    private static List<Decided> many(int entries, Outcome outcome) {
        return IntStream.range(0, entries).mapToObj(n -> decided(n, outcome)).toList();
    }

    @Test
    void splitsByEntriesAndByCommands() {
        Outcome one = Outcome.apply(List.of(Effect.append(OUT, List.of("x"))), List.of());
        Outcome many = Outcome.apply(
                IntStream.range(0, 100)
                        .<Effect>mapToObj(n -> Effect.append(OUT, List.of("x")))
                        .toList(),
                List.of());
        assertThat(sizes(many(10, one))).containsExactly(10);
        assertThat(sizes(IntStream.range(0, 250)
                        .mapToObj(n -> new Decided(new EntryId(n, 0), null, 1, one))
                        .toList()))
                .containsExactly(100, 100, 50);
        assertThat(sizes(IntStream.range(0, 5)
                        .mapToObj(n -> new Decided(new EntryId(n, 0), null, 1, many))
                        .toList()))
                .containsExactly(2, 2, 1);
    }

    @Test
    void splitsByLengthOfWhatIsWritten() {
        String text = "x".repeat(3_000_000);
        Outcome copied = Outcome.apply(List.of(Effect.append(OUT, List.of(text))), List.of());
        Outcome more = Outcome.apply(List.of(new Effect.Append(OUT, List.of("n"), List.of("more", text))), List.of());
        Outcome huge = Outcome.apply(List.of(Effect.append(OUT, List.of(text + text + text))), List.of());
        assertThat(sizes(many(5, copied))).containsExactly(2, 2, 1);
        assertThat(sizes(many(4, more))).containsExactly(2, 2);
        assertThat(sizes(many(2, huge))).containsExactly(1, 1);
    }

    @Test
    void splitsByLengthOfTheDeadLetters() {
        assertThat(sizes(many(4, Outcome.dead("x")))).containsExactly(1, 1, 1, 1);
    }
}
