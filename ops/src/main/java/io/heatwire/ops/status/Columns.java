package io.heatwire.ops.status;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows under a head, each column as wide as its widest cell. */
public final class Columns {

    private final List<Boolean> right;
    private final List<List<String>> rows = new ArrayList<>();

    /** Columns with these titles; one that begins with &gt; is for numbers and stands at the right. */
    public Columns(String... titles) {
        this.right = Arrays.stream(titles).map(title -> title.startsWith(">")).toList();
        row(Arrays.stream(titles)
                .map(title -> title.startsWith(">") ? title.substring(1) : title)
                .toArray(String[]::new));
    }

    /** A row with a cell for each column. */
    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** Prints an empty line and the table, or nothing when it has no rows. */
    public void print(PrintWriter out) {
        if (rows.size() == 1) {
            return;
        }
        int[] widths = new int[right.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        out.println();
        rows.forEach(row -> out.println(line(row, widths)));
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            line.append(right.get(i) ? padding + row.get(i) : row.get(i) + padding)
                    .append("  ");
        }
        return line.toString().stripTrailing();
    }
}
