package io.heatwire.wiring.problem;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All findings of a load as one text. */
public final class ProblemReport {

    private static final int MOST = 100;

    private ProblemReport() {}

    /** Each problem with its excerpt, by place, and a last line with their number. */
    public static String render(SourceText source, List<Problem> problems) {
        String shown = problems.stream()
                .limit(MOST)
                .map(problem -> problem.render(source))
                .collect(Collectors.joining("\n"));
        String more = problems.size() > MOST ? ", the first " + MOST + " are shown" : "";
        return shown + "\n" + source.name() + ": " + count(problems) + more + "\n";
    }

    private static String count(List<Problem> problems) {
        long warnings =
                problems.stream().filter(problem -> problem.code().isWarning()).count();
        return Stream.of(plural(problems.size() - warnings, "problem"), plural(warnings, "warning"))
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String plural(long count, String word) {
        return switch ((int) count) {
            case 0 -> "";
            case 1 -> "1 " + word;
            default -> count + " " + word + "s";
        };
    }
}
