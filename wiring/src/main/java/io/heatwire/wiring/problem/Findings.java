package io.heatwire.wiring.problem;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems while a file is loaded. */
public class Findings {

    /** A hostile file must not fill the memory with complaints about itself. */
    private static final int MOST = 1_000;

    private final List<Problem> problems = new ArrayList<>();

    /** Notes a problem. */
    public void add(ProblemCode code, Place place, String what, String instead) {
        add(code, place, what, instead, List.of());
    }

    /** Notes a problem that has other ends. */
    public void add(ProblemCode code, Place place, String what, String instead, List<Related> related) {
        if (problems.size() < MOST) {
            problems.add(new Problem(code, place.line(), place.column(), what, instead, List.copyOf(related)));
        }
    }

    /** Whether anything stands against running the wiring. */
    public boolean refuse() {
        return problems.stream().anyMatch(problem -> !problem.code().isWarning());
    }

    /** Everything that was found, warnings too, by place. */
    public List<Problem> inOrder() {
        return problems.stream()
                .sorted(Comparator.comparing(Problem::place).thenComparing(Problem::code))
                .distinct()
                .toList();
    }

    /** Warnings only, by place. */
    public List<Problem> warnings() {
        return inOrder().stream().filter(problem -> problem.code().isWarning()).toList();
    }
}
