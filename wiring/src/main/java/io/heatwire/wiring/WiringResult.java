package io.heatwire.wiring;

import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemReport;
import io.heatwire.wiring.problem.SourceText;
import java.util.List;

/** What came of loading a wiring. */
public sealed interface WiringResult {

    /** The findings as text for people, with file, line, column and excerpt; empty when there are none. Shows no secrets. */
    String render();

    /** Everything that was found, by place: problems and warnings. */
    List<Problem> findings();

    /** The file. */
    SourceText source();

    /**
     * The wiring may run.
     *
     * @param warnings what a person should look at all the same, by place
     */
    record Ready(WiringPlan plan, List<Problem> warnings, SourceText source) implements WiringResult {

        @Override
        public List<Problem> findings() {
            return warnings;
        }

        @Override
        public String render() {
            return warnings.isEmpty() ? "" : ProblemReport.render(source, warnings);
        }
    }

    /**
     * The wiring must not run.
     *
     * @param problems everything that was found, by place, warnings too
     */
    record Refused(List<Problem> problems, SourceText source) implements WiringResult {

        @Override
        public List<Problem> findings() {
            return problems;
        }

        @Override
        public String render() {
            return ProblemReport.render(source, problems);
        }
    }
}
