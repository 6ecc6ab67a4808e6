package io.heatwire.operators.heatgate;

/** How hot the portfolio is. */
enum HeatLevel {
    COLD("cold"),
    WARM("warm"),
    HOT("hot"),
    UNKNOWN("unknown");

    /** The text on streams and in labels. */
    final String text;

    HeatLevel(String text) {
        this.text = text;
    }
}
