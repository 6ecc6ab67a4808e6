package io.heatwire.ops.trace;

/**
 * A key of the id.
 *
 * @param type what it holds; {@code none} when it is not there
 * @param expiresMs when it expires, Unix time in ms; -1 for never
 * @param lifeMs how long it lives from when it is written, in ms; -1 when no setting says so
 * @param writer the stage that writes it; empty when none does
 */
record KeyFound(String name, String key, boolean isMarker, String type, long expiresMs, long lifeMs, String writer) {

    boolean isThere() {
        return !type.equals("none");
    }

    /** When it was written, Unix time in ms; -1 when that cannot be told. */
    long writtenMs() {
        return isThere() && expiresMs >= 0 && lifeMs > 0 ? expiresMs - lifeMs : -1;
    }

    /** How long it still lives, in ms; -1 for ever. */
    long leftMs(long nowMs) {
        return expiresMs < 0 ? expiresMs : Math.max(0, expiresMs - nowMs);
    }
}
