package io.heatwire.ops.trace;

/**
 * A key of the id.
 *
 * @param type what it holds; {@code none} when it is not there
 * @param leftMs how long it still lives, in ms; -1 for ever
 * @param lifeMs how long it lives from when it is written, in ms; -1 when no setting says so
 * @param writer the stage that writes it; empty when none does
 */
record KeyFound(String name, String key, boolean isMarker, String type, long leftMs, long lifeMs, String writer) {

    boolean isThere() {
        return !type.equals("none");
    }

    /** When it was written, in ms; -1 when that cannot be told. */
    long writtenMs(long nowMs) {
        return isThere() && leftMs >= 0 && lifeMs >= leftMs ? nowMs + leftMs - lifeMs : -1;
    }
}
