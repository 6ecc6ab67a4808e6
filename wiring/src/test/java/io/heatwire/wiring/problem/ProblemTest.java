package io.heatwire.wiring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ProblemTest {

    @Test
    void putsTheCaretUnderThePlace() {
        assertThat(render("a: 1\n\tkey: x\n", 2, 7)).isEqualTo("""
                f.yaml:2:7: W023 bad
                  2 |  key: x
                    |       ^
                  -> good
                """);
    }

    @Test
    void countsCharactersAndNotTheirParts() {
        assertThat(render("\ud83d\ude00: x", 1, 4)).contains("  1 | \ud83d\ude00: x\n    |    ^\n");
    }

    @Test
    void showsOfALongLineWhatIsAroundThePlace() {
        String rendered = render("k: " + "x".repeat(5_000) + "!" + "y".repeat(5_000), 1, 5_004);

        String[] lines = rendered.split("\n");
        assertThat(lines[1].length()).isLessThan(130);
        assertThat(lines[1].charAt(lines[2].indexOf('^'))).isEqualTo('!');
    }

    @Test
    void showsNoCharacterThatATerminalObeys() {
        assertThat(render("k: \u202e\u0085\u001b[31m", 1, 1)).contains("k: ???[31m");
        assertThat(Shown.quoted("\u001b[31m\u202e")).isEqualTo("'\\u001b[31m\\u202e'");
    }

    @Test
    void showsNoneInWhatItSaysEither() {
        Related end = new Related(new Place(0, 0), "reads\u001b[2J");
        Problem problem = new Problem(ProblemCode.BAD_VALUE, 0, 0, "stream a\u001b[31m", "\u202eb", List.of(end));

        assertThat(problem.render(SourceText.of("f.yaml", "")))
                .contains("stream a\\u001b[31m", "reads\\u001b[2J", "\\u202eb")
                .doesNotContain("\u001b", "\u202e");
    }

    @Test
    void doesWithoutALine() {
        assertThat(render("k: v", 0, 0)).isEqualTo("f.yaml: W023 bad\n  -> good\n");
        assertThat(render("k: v", 9, 1)).isEqualTo("f.yaml:9:1: W023 bad\n  -> good\n");
    }

    @Test
    void keepsTheCaretUnderThePlaceBehindASecret() {
        assertThat(render("redis: { password: hunter2, port: x }", 1, 35)).isEqualTo("""
                f.yaml:1:35: W023 bad
                  1 | redis: { password: ***, port: x }
                    |                               ^
                  -> good
                """);
    }

    private static String render(String text, int line, int column) {
        return new Problem(ProblemCode.BAD_VALUE, line, column, "bad", "good").render(SourceText.of("f.yaml", text));
    }
}
