package io.heatwire.ops.service;

import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.SourceText;
import java.util.List;

/** What refuses a wiring, in one line. */
final class FirstFinding {

    private FirstFinding() {}

    /** The first of them with its place, and how many follow; whoever asked gets them all. */
    static String of(List<Problem> refusing, SourceText source) {
        String first = refusing.stream()
                .findFirst()
                .flatMap(problem -> problem.render(source).lines().findFirst())
                .orElse("the wiring is refused");
        int more = refusing.size() - 1;
        return more > 0 ? first + " (and " + more + " more)" : first;
    }
}
