package io.heatwire.ops.tune;

import java.util.Locale;

/**
 * The order in which a late observer is tuned: nothing while Redis fails; for drops more places; a longer wait only
 * when nothing is dropped. Never max_workers: it does not change what is observed. Pure.
 */
public final class TuningRules {

    /** Single drops are no saturation. */
    private static final double DROPS_A_SECOND = 0.01;

    /** Fewer observations a second say nothing about their share of timeouts. */
    private static final double OBSERVED_A_SECOND = 0.05;

    private static final long LEAST_OBSERVED = 3;
    private static final long LEAST_OBSERVED_EVER = 20;
    private static final long MOST_WAIT_MS = 4_000;
    private static final long WAIT_STEP_MS = 1_000;
    private static final long MOST_INFLIGHT = 1_000_000;

    private TuningRules() {}

    /** The one thing to do. */
    public static Advice of(LateFigures figures) {
        if (figures.redisErrors() > 0) {
            return Advice.elsewhere(figures.redisErrors()
                    + " observations ended as redis_error: mend Redis or the way to it; no setting helps, change none");
        }
        if (isSaturated(figures)) {
            return morePlaces(figures);
        }
        if (figures.observed() + figures.dropped() == 0) {
            return Advice.nothing("no plan came: nothing can be said");
        }
        return isTooShort(figures) ? longerWait(figures) : Advice.nothing("nothing has to be changed");
    }

    private static boolean isSaturated(LateFigures figures) {
        return figures.hasTime() ? figures.dropped() / figures.seconds() > DROPS_A_SECOND : figures.dropped() > 0;
    }

    private static Advice morePlaces(LateFigures figures) {
        String drops = figures.dropped() + " dropped" + pace(figures.dropped(), figures);
        if (figures.maxInflight() >= MOST_INFLIGHT) {
            return Advice.elsewhere(drops + ", though max_inflight is at its limit: look at Redis and the machine");
        }
        long needed = figures.placesNeeded(figures.maxWaitMs());
        long wanted = Math.max(2 * figures.maxInflight(), rounded(needed + needed / 4));
        boolean isBurst = figures.hasTime() && figures.maxInflight() >= needed;
        return Advice.change(
                "max_inflight",
                figures.maxInflight(),
                Math.min(MOST_INFLIGHT, wanted),
                drops
                        + (figures.hasTime() ? "; " + needs(figures) : "")
                        + (isBurst ? " would do, but more come at once" : ""));
    }

    private static String needs(LateFigures figures) {
        return String.format(
                Locale.ROOT,
                "%.1f plans/s that may wait %.1f s (%d places)",
                figures.arrivals(),
                figures.maxWaitMs() / 1_000.0,
                figures.placesNeeded(figures.maxWaitMs()));
    }

    private static long rounded(long places) {
        return (places + 99) / 100 * 100;
    }

    private static String pace(long count, LateFigures figures) {
        return figures.hasTime() ? String.format(Locale.ROOT, " (%.2f/s)", count / figures.seconds()) : "";
    }

    private static boolean isTooShort(LateFigures figures) {
        boolean isEnough = figures.hasTime()
                ? figures.observed() >= LEAST_OBSERVED && figures.observed() / figures.seconds() > OBSERVED_A_SECOND
                : figures.observed() >= LEAST_OBSERVED_EVER;
        return isEnough && 2 * figures.timeouts() > figures.observed();
    }

    private static Advice longerWait(LateFigures figures) {
        String timeouts = figures.timeouts() + " of " + figures.observed() + " timed out and hardly any was dropped";
        if (figures.behind() > 0) {
            return Advice.elsewhere(timeouts + ", but the stages that write the key are " + figures.behind()
                    + " entries behind: mend that first");
        }
        if (figures.maxWaitMs() >= MOST_WAIT_MS) {
            return Advice.elsewhere(timeouts + " though max_wait_ms is " + figures.maxWaitMs()
                    + ": find out why decisions take so long (heatwire trace)");
        }
        long wait = Math.min(MOST_WAIT_MS, figures.maxWaitMs() + WAIT_STEP_MS);
        long needed = figures.placesNeeded(wait);
        return needed > figures.maxInflight()
                ? Advice.change(
                        "max_inflight",
                        figures.maxInflight(),
                        Math.min(MOST_INFLIGHT, rounded(needed + needed / 4)),
                        timeouts + "; before max_wait_ms can become " + wait + " there must be " + needed + " places")
                : Advice.change("max_wait_ms", figures.maxWaitMs(), wait, timeouts);
    }
}
