package io.heatwire.wiring.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Place;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EnvironmentTest {

    private static final Place PLACE = new Place(3, 7);
    private static final Map<String, String> VARIABLES =
            Map.of("HOST", "redis", "EMPTY", "", "LOOP", "${HOST}", "DOLLARS", "$$");

    private final Findings findings = new Findings();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "${HOST}|redis",
                "${HOST}:${HOST}|redis:redis",
                "${NONE:-local}|local",
                "${NONE-local}|local",
                "${EMPTY:-local}|local",
                "${EMPTY-local}|\"\"",
                "${EMPTY}|\"\"",
                "${NONE:-}|\"\"",
                "${NONE:-a:b-c}|a:b-c",
                "${NONE:-by_plan:{plan_id}}|by_plan:{plan_id}",
                "${NONE:-by_plan:}{plan_id}|by_plan:{plan_id}",
                "$${HOST}|${HOST}",
                "$$$$|$$",
                "$HOST|$HOST",
                "5$|5$",
                "${LOOP}|${HOST}",
                "${DOLLARS}|$$",
            })
    void putsValuesIn(String written, String expected) {
        Node node = Environment.substitute(scalar(written), VARIABLES, findings);

        assertThat(((Node.Scalar) node).text()).isEqualTo(expected);
        assertThat(node.place()).isEqualTo(PLACE);
        assertThat(findings.inOrder()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "${NONE},W012",
        "${HOST,W013",
        "${},W013",
        "${1A},W013",
        "${A B},W013",
        "${A:=b},W013",
        "${A:-${HOST}},W013"
    })
    void notesWhatCannotBeRead(String written, String code) {
        assertThat(Environment.substitute(scalar(written), VARIABLES, findings)).isEqualTo(new Node.Broken(PLACE));
        assertThat(findings.inOrder()).singleElement().satisfies(problem -> {
            assertThat(problem.code().id()).isEqualTo(code);
            assertThat(problem.place()).isEqualTo(PLACE);
        });
    }

    @Test
    void remembersWhichVariablesAValueCameFrom() {
        Node node = Environment.substitute(scalar("${HOST}-${NONE:-x}-${EMPTY-y}"), VARIABLES, findings);

        assertThat(((Node.Scalar) node).from()).isEqualTo("HOST, EMPTY");
    }

    private static Node.Scalar scalar(String text) {
        return new Node.Scalar(text, true, "", PLACE);
    }
}
