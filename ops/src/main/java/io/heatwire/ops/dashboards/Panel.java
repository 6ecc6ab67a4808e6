package io.heatwire.ops.dashboards;

import java.util.List;

/**
 * One panel.
 *
 * @param unit as Grafana names it
 * @param words what the numbers from 0 on mean, for panels that show states; empty for numbers
 * @param limit a line to show, above or below which somebody should look; 0 for none
 */
record Panel(
        String title,
        String description,
        String unit,
        Shape shape,
        List<Query> queries,
        List<String> words,
        double limit) {

    /** How it is drawn. */
    enum Shape {
        /** Lines over time. */
        LINES,
        /** Areas on top of each other. */
        STACKED,
        /** A bar of words over time for each series, as wide as the page. */
        STATES
    }

    /**
     * What is asked.
     *
     * @param expression see {@link PromQl}
     * @param legend with labels in double braces
     */
    record Query(String expression, String legend) {}

    static Panel lines(String title, String unit, String description, String expression, String legend) {
        return of(Shape.LINES, title, unit, description, List.of(new Query(expression, legend)));
    }

    static Panel stacked(String title, String unit, String description, String expression, String legend) {
        return of(Shape.STACKED, title, unit, description, List.of(new Query(expression, legend)));
    }

    static Panel lines(String title, String unit, String description, List<Query> queries) {
        return of(Shape.LINES, title, unit, description, queries);
    }

    static Panel states(String title, String description, String expression, String legend, List<String> words) {
        return new Panel(title, description, "none", Shape.STATES, List.of(new Query(expression, legend)), words, 0);
    }

    private static Panel of(Shape shape, String title, String unit, String description, List<Query> queries) {
        return new Panel(title, description, unit, shape, List.copyOf(queries), List.of(), 0);
    }

    Panel limitedAt(double value) {
        return new Panel(title, description, unit, shape, queries, words, value);
    }
}
