package io.heatwire.ops.dashboards;

import java.util.List;

/**
 * A dashboard.
 *
 * @param uid what its address and links go by; never changes
 */
record Board(String uid, String title, String description, List<Row> rows) {

    /** Panels that belong together, under a heading. */
    record Row(String title, List<Panel> panels) {}

    /** The board with those panels whose metrics are all scraped. */
    Board within(Scope scope) {
        return new Board(
                uid,
                title,
                description,
                rows.stream()
                        .map(row -> new Row(
                                row.title(),
                                row.panels().stream()
                                        .filter(panel -> panel.queries().stream()
                                                .allMatch(query -> scope.has(query.expression())))
                                        .toList()))
                        .filter(row -> !row.panels().isEmpty())
                        .toList());
    }
}
