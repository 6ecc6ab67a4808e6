package io.heatwire.wiring.live;

import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what the parts find. */
final class Notes {

    private static final int MOST = 200;

    private final List<Problem> problems = new ArrayList<>();
    private final Set<Problem> excused = new LinkedHashSet<>();

    /** Notes something that keeps a wiring from being started, if it is an error. */
    void add(ProblemCode code, Place place, String what, String instead, List<Related> related) {
        keep(new Problem(code, place.line(), place.column(), what, instead, List.copyOf(related)));
    }

    /** Notes something that others must put right. Without {@code refuses} it is told and keeps nobody from starting. */
    synchronized void addOutside(
            boolean refuses, ProblemCode code, Place place, String what, String instead, List<Related> related) {
        Problem problem = new Problem(code, place.line(), place.column(), what, instead, List.copyOf(related));
        keep(problem);
        if (!refuses) {
            excused.add(problem);
        }
    }

    private synchronized void keep(Problem problem) {
        if (problems.size() < MOST) {
            problems.add(problem);
        }
    }

    synchronized List<Problem> all() {
        return problems.stream().distinct().toList();
    }

    synchronized int size() {
        return problems.size();
    }

    /** Those that refuse a start. */
    synchronized List<Problem> refusing() {
        return all().stream()
                .filter(problem -> !problem.code().isWarning() && !excused.contains(problem))
                .toList();
    }

    /** What was noted since there were this many. */
    synchronized List<Problem> since(int size) {
        return List.copyOf(problems.subList(Math.min(size, problems.size()), problems.size()));
    }
}
