package io.heatwire.operators.heatobserver;

import java.util.Arrays;

/** Why heat was found or not: exactly the words that people filter by. */
public enum ObservedReason {
    /** The plan's decision is there, whatever it says. */
    OK("ok"),
    /** There is no decision. */
    MISSING("missing"),
    /** There was none until the end of the wait. */
    TIMEOUT("timeout"),
    /** Redis could not be asked. */
    REDIS_ERROR("redis_error"),
    /** The key is there but unusable: another type, or not UTF-8. */
    PARSE_ERROR("parse_error");

    private final String word;

    ObservedReason(String word) {
        this.word = word;
    }

    /** The word as published. */
    public String word() {
        return word;
    }

    static String[] words() {
        return Arrays.stream(values()).map(ObservedReason::word).toArray(String[]::new);
    }
}
