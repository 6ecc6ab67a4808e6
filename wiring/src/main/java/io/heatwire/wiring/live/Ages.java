package io.heatwire.wiring.live;

/** Times for people: one or two units. */
final class Ages {

    private static final long S = 1_000;
    private static final long MIN = 60 * S;
    private static final long H = 60 * MIN;
    private static final long DAY = 24 * H;

    private Ages() {}

    static String shown(long ms) {
        if (ms >= DAY) {
            return ms / DAY + " d " + ms % DAY / H + " h";
        }
        if (ms >= H) {
            return ms / H + " h " + ms % H / MIN + " min";
        }
        return ms >= 2 * MIN ? ms / MIN + " min" : ms >= S ? ms / S + " s" : Math.max(0, ms) + " ms";
    }
}
