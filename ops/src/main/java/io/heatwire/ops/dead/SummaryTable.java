package io.heatwire.ops.dead;

import io.heatwire.engine.dead.DeadSummary;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The dead letters of several stages, as a table for people or as values for programs. */
public final class SummaryTable {

    private static final String NO_STAGE = "(not written by a stage)";

    private final Map<String, DeadSummary> stages = new LinkedHashMap<>();

    /** Adds a stage; they are shown in this order. */
    public void add(String stage, DeadSummary summary) {
        stages.put(stage, summary);
    }

    /** Prints the table. */
    public void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("STAGE", "LETTERS", "OLDEST", "NEWEST", "REASONS"));
        stages.forEach((stage, summary) -> rows.add(row(stage, summary)));
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private static List<String> row(String stage, DeadSummary summary) {
        if (summary.letters() == 0) {
            return List.of(stage, "0", "-", "-", "-");
        }
        return List.of(
                stage,
                Long.toString(summary.letters()),
                Age.of(summary.oldestAgeMs()),
                Age.of(summary.newestAgeMs()),
                reasons(summary));
    }

    private static String reasons(DeadSummary summary) {
        String counts = summary.reasons().entrySet().stream()
                .map(reason -> word(reason.getKey()) + " " + reason.getValue())
                .collect(Collectors.joining(", "));
        return summary.scanned() < summary.letters()
                ? counts + " (counted over the newest " + summary.scanned() + ")"
                : counts;
    }

    private static String word(String reason) {
        return reason.isEmpty() ? NO_STAGE : Escaped.plain(reason);
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            String padding = " ".repeat(widths[i] - cell.length());
            line.append(i == 1 ? padding + cell : cell + padding).append("  ");
        }
        return line.toString().stripTrailing();
    }

    /** The same as maps and lists. */
    public List<Map<String, Object>> values() {
        return stages.entrySet().stream()
                .map(stage -> values(stage.getKey(), stage.getValue()))
                .toList();
    }

    private static Map<String, Object> values(String stage, DeadSummary summary) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("stage", stage);
        values.put("letters", summary.letters());
        values.put("oldest_age_ms", summary.oldestAgeMs());
        values.put("newest_age_ms", summary.newestAgeMs());
        values.put("reasons_counted_over", summary.scanned());
        values.put("reasons", summary.reasons());
        return values;
    }
}
