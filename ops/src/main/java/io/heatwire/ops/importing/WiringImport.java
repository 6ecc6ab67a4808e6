package io.heatwire.ops.importing;

import io.heatwire.ops.importing.EnvFile.Assignment;
import io.heatwire.ops.importing.EnvFile.Note;
import io.heatwire.wiring.WiringResult;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Puts the variables of existing services into a wiring. What cannot be used is left out and noted; no secret is copied. */
public final class WiringImport {

    private static final Pattern SECRET =
            Pattern.compile("(PASS|PASSWORD|PASSWD|PWD|SECRET|TOKEN|CREDENTIALS?|API_?KEY)$", Pattern.CASE_INSENSITIVE);
    private static final Pattern SECRET_IN_ADDRESS = Pattern.compile("://[^/\\s]*@");

    /** What the services know and a wiring has no place for. */
    private static final Map<String, String> ELSEWHERE = elsewhere();

    private final Template template;
    private final Function<String, WiringResult> check;
    private final Set<String> known;
    private final List<Note> notes = new ArrayList<>();
    private final Map<String, Assignment> used = new LinkedHashMap<>();

    private WiringImport(String shipped, Function<String, WiringResult> check) {
        this.template = new Template(shipped);
        this.check = check;
        this.known = template.names();
    }

    private static Map<String, String> elsewhere() {
        Map<String, String> elsewhere = new HashMap<>();
        for (String name : List.of("P26_LOG_LEVEL", "P27_LOG_LEVEL", "APPLY_LOG_LEVEL", "HEAT_LOG_LEVEL")) {
            elsewhere.put(name, "the log level is no part of a wiring: set HEATWIRE_LOG_LEVEL");
        }
        for (String name : List.of(
                "APPLY_PERMIT_WAIT_MS",
                "APPLY_PERMIT_STEP_MS",
                "QTY_SCALE_ALPHA",
                "QTY_SCALE_MIN",
                "UNIVERSE_ENABLE",
                "UNIVERSE_CACHE_SECONDS",
                "APPLY_DEDUPE_BYPASS",
                "EXIT_OWNER_SERVICE")) {
            elsewhere.put(name, "known to the service, without a counterpart in Heatwire");
        }
        return elsewhere;
    }

    /**
     * What came of it.
     *
     * @param text the wiring, with a comment on top that says where it comes from and what was left out
     * @param taken how many variables are in it
     * @param notes one line for each that was left out, without its value
     */
    public record Imported(String text, int taken, List<String> notes) {}

    /**
     * Imports these files.
     *
     * @param files text by name, in order; of a variable that several give, the first file's value counts
     * @param shipped the wiring to put the values into
     * @param check what a check says of a wiring's text
     */
    public static Imported of(Map<String, String> files, String shipped, Function<String, WiringResult> check) {
        WiringImport run = new WiringImport(shipped, check);
        files.forEach((name, text) -> run.take(EnvFile.parse(name, text)));
        return run.result(files.keySet());
    }

    private void take(EnvFile file) {
        notes.addAll(file.notes());
        Map<String, Assignment> last = new LinkedHashMap<>();
        for (Assignment assignment : file.assignments()) {
            Assignment before = last.put(assignment.name(), assignment);
            if (before != null) {
                note(before, "given again in line " + assignment.line() + ", which counts");
            }
        }
        last.values().forEach(this::take);
    }

    private void take(Assignment assignment) {
        String name = assignment.name();
        Assignment first = used.get(name);
        if (isSecret(assignment)) {
            note(
                    assignment,
                    known.contains(name)
                            ? "a secret is not copied: the wiring takes it from the environment when it runs"
                            : "not a name of the wiring, and it looks like a secret");
        } else if (!known.contains(name)) {
            note(assignment, ELSEWHERE.getOrDefault(name, unknown(name)));
        } else if (first != null && !first.value().equals(assignment.value())) {
            note(assignment, "another value than in " + first.file() + ":" + first.line() + ", which counts");
        } else {
            used.putIfAbsent(name, assignment);
        }
    }

    private String unknown(String name) {
        return "not a name of the wiring"
                + Nearest.to(name, known)
                        .map(near -> "; the nearest is " + near)
                        .orElse("");
    }

    private static boolean isSecret(Assignment assignment) {
        return SECRET.matcher(assignment.name()).find()
                || SECRET_IN_ADDRESS.matcher(assignment.value()).find();
    }

    private void note(Assignment assignment, String what) {
        notes.add(new Note(assignment.file(), assignment.line(), Shown.plain(assignment.name()) + ": " + what));
    }

    private Imported result(Set<String> files) {
        leaveOutWhatIsRefused();
        List<String> lines = notes.stream()
                .sorted(Comparator.comparing(Note::file).thenComparingInt(Note::line))
                .map(Note::toString)
                .toList();
        StringBuilder text = new StringBuilder("# Imported from ")
                .append(String.join(", ", files))
                .append(".\n");
        if (!lines.isEmpty()) {
            text.append("# Not used:\n");
            lines.forEach(line -> text.append("#   ").append(line).append('\n'));
        }
        return new Imported(text.append("#\n").append(template.fill(values())).toString(), used.size(), lines);
    }

    private Map<String, String> values() {
        Map<String, String> values = new HashMap<>();
        used.forEach((name, assignment) -> values.put(name, assignment.value()));
        return values;
    }

    /** Each round leaves out at least one value, so there are no more of them than values. */
    private void leaveOutWhatIsRefused() {
        while (!used.isEmpty() && check.apply(template.fill(values())) instanceof WiringResult.Refused refused) {
            Set<String> guilty = new HashSet<>();
            refused.problems().stream()
                    .filter(problem -> !problem.code().isWarning())
                    .forEach(problem -> guilty.addAll(blame(problem)));
            if (guilty.isEmpty()) {
                guilty.add(refusedElsewhere());
            }
            used.keySet().removeAll(guilty);
        }
    }

    /** A value that is refused by itself, though at another line than its own; failing that, the one that came last. */
    private String refusedElsewhere() {
        Assignment guilty = used.values().stream()
                .filter(each ->
                        check.apply(template.fill(Map.of(each.name(), each.value()))) instanceof WiringResult.Refused)
                .findFirst()
                .orElseGet(() -> List.copyOf(used.values()).get(used.size() - 1));
        note(guilty, "with its value the wiring is refused, the default stays");
        return guilty.name();
    }

    private Set<String> blame(Problem problem) {
        Set<String> guilty = new HashSet<>();
        if (problem.line() < 1 || problem.line() > template.size()) {
            return guilty;
        }
        for (String name : template.namesIn(problem.line() - 1)) {
            Assignment assignment = used.get(name);
            if (assignment != null && guilty.add(name)) {
                note(assignment, "its value is refused (" + problem.code().id() + "), the default stays");
            }
        }
        return guilty;
    }
}
