package io.heatwire.ops.dead;

/** How old something is, as people say it. */
final class Age {

    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Age() {}

    static String of(long ms) {
        long s = ms / 1000;
        if (s < 2 * MINUTE) {
            return s + " s";
        }
        if (s < 2 * HOUR) {
            return s / MINUTE + " min";
        }
        return s < 2 * DAY ? s / HOUR + " h " + s % HOUR / MINUTE + " min" : s / DAY + " d " + s % DAY / HOUR + " h";
    }
}
