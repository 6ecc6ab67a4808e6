package io.heatwire.ops.importing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.importing.EnvFile.Assignment;
import io.heatwire.ops.importing.EnvFile.Note;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvFileTest {

    private static Map<String, String> values(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Assignment assignment : EnvFile.parse("f.env", text).assignments()) {
            values.put(assignment.name(), assignment.value());
        }
        return values;
    }

    @Test
    void readsPlainValuesWithoutTheBlanksAroundThem() {
        assertThat(values("A=1\n  B =  two words  \nC=\n"))
                .containsExactly(Map.entry("A", "1"), Map.entry("B", "two words"), Map.entry("C", ""));
    }

    @Test
    void skipsCommentsAndEmptyLinesButNoHashBehindAValue() {
        assertThat(values("# A=1\n\n ; B=2\nC=3 # not a comment\n"))
                .containsExactly(Map.entry("C", "3 # not a comment"));
    }

    @Test
    void takesQuotesAway() {
        assertThat(values("A='x \\ $y'\nB=\"say \\\"hi\\\" \\n \\$z\"\nC=it's\nD=\"a\" 'b'\nE=' x '\n"))
                .containsExactly(
                        Map.entry("A", "x \\ $y"),
                        Map.entry("B", "say \"hi\" \\n $z"),
                        Map.entry("C", "it's"),
                        Map.entry("D", "ab"),
                        Map.entry("E", " x "));
    }

    @Test
    void joinsLinesThatEndWithABackslash() {
        assertThat(values("A=one,\\\ntwo\nB=\"three \\\nfour\"\nC='five\nsix'\n"))
                .containsExactly(Map.entry("A", "one,two"), Map.entry("B", "three four"), Map.entry("C", "five\nsix"));
    }

    @Test
    void knowsTheLineOfEachAssignmentAndCopesWithoutALastLineEnd() {
        EnvFile file = EnvFile.parse("f.env", "A='1\n2'\r\nB=3");
        assertThat(file.assignments())
                .containsExactly(new Assignment("f.env", 1, "A", "1\n2"), new Assignment("f.env", 3, "B", "3"));
    }

    @Test
    void notesWhatIsNoAssignment() {
        EnvFile file = EnvFile.parse("f.env", "hello\n1A=2\nexport B=3\nC=\"never closed\nD=4\n");
        assertThat(file.assignments()).isEmpty();
        assertThat(file.notes())
                .containsExactly(
                        new Note("f.env", 1, "no NAME=value"),
                        new Note("f.env", 2, "not a name"),
                        new Note("f.env", 3, "begins with export, which systemd does not know"),
                        new Note("f.env", 4, "the quote is not closed"));
    }
}
