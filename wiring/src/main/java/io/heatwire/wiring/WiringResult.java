package io.heatwire.wiring;

import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemReport;
import io.heatwire.wiring.problem.SourceText;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
     * @param graph everything the file declares, also what the plan leaves out
     * @param warnings what a person should look at all the same, by place
     */
    record Ready(WiringPlan plan, Graph graph, List<Problem> warnings, SourceText source) implements WiringResult {

        /** The same with what a look at the running system found: refused when there is an error among it. */
        public WiringResult with(List<Problem> found) {
            List<Problem> all = Stream.concat(warnings.stream(), found.stream())
                    .sorted(Comparator.comparing(Problem::place).thenComparing(Problem::code))
                    .toList();
            return found.stream().allMatch(problem -> problem.code().isWarning())
                    ? new Ready(plan, graph, all, source)
                    : new Refused(all, source);
        }

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
