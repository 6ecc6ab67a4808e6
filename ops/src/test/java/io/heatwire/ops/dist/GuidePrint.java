package io.heatwire.ops.dist;

import java.util.ArrayList;
import java.util.List;

/** What a guide says a command prints, held against what it prints. */
final class GuidePrint {

    private GuidePrint() {}

    /**
     * The lines of the guide that the output does not have, in their order. A line may be shown in part; blanks, ids, times and
     * durations count as equal whatever they are; a line of three dots stands for anything.
     */
    static List<String> missing(String shown, String printed) {
        List<String> output = printed.lines().map(GuidePrint::plain).toList();
        List<String> missing = new ArrayList<>();
        int from = 0;
        for (String line : shown.lines().toList()) {
            String wanted = plain(line);
            int at = from;
            while (at < output.size() && !output.get(at).contains(wanted)) {
                at++;
            }
            if (at == output.size() && !wanted.equals("...")) {
                missing.add(line);
            } else if (!wanted.equals("...")) {
                from = at + 1;
            }
        }
        return missing;
    }

    private static String plain(String line) {
        return line.replaceAll("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z?", "TIME")
                .replaceAll("\\d{10,}(-\\d+)?", "ID")
                .replaceAll("\\b\\d+ (ms|s|min|h|d)\\b", "AGE")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
