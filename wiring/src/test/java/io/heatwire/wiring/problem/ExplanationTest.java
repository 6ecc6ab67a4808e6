package io.heatwire.wiring.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class ExplanationTest {

    @TestFactory
    Stream<DynamicTest> everyCodeIsExplainedInFull() {
        return Arrays.stream(ProblemCode.values())
                .map(code -> DynamicTest.dynamicTest(code.id(), () -> {
                    Explanation explanation = Explanation.of(code);
                    assertThat(explanation.title()).isNotBlank().doesNotEndWith(".");
                    assertThat(explanation.meaning()).endsWith(".");
                    assertThat(explanation.wrong()).isNotBlank();
                    assertThat(explanation.right()).isNotBlank().isNotEqualTo(explanation.wrong());
                    assertThat(explanation.why()).endsWith(".");
                    assertThat(explanation.render().lines()).allMatch(line -> line.length() <= 130);
                }));
    }

    @Test
    void aCodeIsFoundByItsNumberInAnyCase() {
        assertThat(ProblemCode.of("w080")).contains(ProblemCode.NOBODY_WRITES);
        assertThat(ProblemCode.of("W999")).isEmpty();
    }

    @Test
    void anExampleKeepsItsIndentation() {
        assertThat(Explanation.of(ProblemCode.NOBODY_WRITES).wrong()).startsWith("streams:\n  decisions: {");
    }
}
