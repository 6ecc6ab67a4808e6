package io.heatwire.engine.faults;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One row of docs/reliability.md; an empty cell means: not known from this run. */
record PageRow(
        String theme, String fault, String what, String invariant, String recoveryMs, String log, String control) {

    String markdown() {
        return Stream.of(fault, what, invariant, recoveryMs, control, log)
                .map(cell -> cell.replace("|", "\\|").replace("\n", " "))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    static PageRow parse(String theme, String line) {
        List<String> cells = Stream.of(line.split("(?<!\\\\)\\|", -1))
                .map(cell -> cell.strip().replace("\\|", "|"))
                .toList();
        return new PageRow(theme, cells.get(1), cells.get(2), cells.get(3), cells.get(4), cells.get(6), cells.get(5));
    }

    /** This row; what it does not know, from the older one. */
    PageRow over(PageRow older) {
        return new PageRow(
                theme,
                fault,
                what,
                invariant.isEmpty() ? older.invariant : invariant,
                recoveryMs.isEmpty() ? older.recoveryMs : recoveryMs,
                invariant.isEmpty() ? older.log : log,
                control.isEmpty() ? older.control : control);
    }
}
