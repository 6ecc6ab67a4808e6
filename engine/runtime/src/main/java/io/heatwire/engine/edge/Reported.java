package io.heatwire.engine.edge;

/**
 * What is said of an edge: bad states only when they last, good ones at once. Between two bad states the first one stands until
 * the second has lasted.
 *
 * @param state what is said
 * @param why in one sentence
 * @param sinceMs since when it is said
 * @param seen what was seen at the last look, which is not yet said
 * @param seenSinceMs since when just that is seen
 * @param badSinceMs since when only bad states are seen; the last look's time while a good one is
 */
public record Reported(EdgeState state, String why, long sinceMs, EdgeState seen, long seenSinceMs, long badSinceMs) {

    /** Before the first look. */
    public static Reported nothingYet(long atMs) {
        return new Reported(EdgeState.UNKNOWN, "not looked at yet", atMs, EdgeState.UNKNOWN, atMs, atMs);
    }

    /**
     * What is said after one more look.
     *
     * @param isGood whether nobody has to do anything about what was seen
     */
    public Reported with(Judgement now, boolean isGood, long atMs, EdgeTimes times) {
        long seenSince = now.state() == seen ? seenSinceMs : atMs;
        long badSince = isGood ? atMs : badSinceMs;
        boolean isSaid = isGood
                || now.state() == state
                || atMs - seenSince >= hold(now.state(), times)
                || (state.isWell() && atMs - badSince >= 2 * times.holdMs());
        if (!isSaid) {
            return new Reported(state, why, sinceMs, now.state(), seenSince, badSince);
        }
        long since = now.state() == state ? sinceMs : atMs;
        return new Reported(now.state(), now.why(), since, now.state(), seenSince, badSince);
    }

    /** These have lasted by the time they are seen. */
    private static long hold(EdgeState state, EdgeTimes times) {
        return switch (state) {
            case STARVED, STALLED, DORMANT -> 0;
            default -> times.holdMs();
        };
    }
}
