package io.heatwire.ops.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/** Counters as they were in the last minutes. May be used by any thread. */
final class History {

    /** How far apart the moments should be, in ms. */
    static final long EVERY_MS = 5_000;

    /** The width of a step, in ms. */
    static final long STEP_MS = 15_000;

    /** How many steps there are. */
    static final int STEPS = 40;

    private static final long RATE_OVER_MS = 60_000;
    private static final long TOO_SHORT_MS = 900;
    private static final int KEPT = (int) (STEPS * STEP_MS / EVERY_MS) + 4;

    private final Deque<Totals> moments = new ArrayDeque<>();

    synchronized void add(Totals now) {
        moments.addLast(now);
        if (moments.size() > KEPT) {
            moments.removeFirst();
        }
    }

    /** How much came in a minute, by the last one or by as much of it as is known; -1 when that cannot be told. */
    synchronized double perMinute(String name, Totals now) {
        double total = now.of(name);
        Totals then = null;
        for (Iterator<Totals> back = moments.descendingIterator(); back.hasNext(); ) {
            Totals moment = back.next();
            if (moment.of(name) < 0 || moment.of(name) > total) {
                break;
            }
            then = moment;
            if (now.atMs() - moment.atMs() >= RATE_OVER_MS) {
                break;
            }
        }
        if (total < 0 || then == null || now.atMs() - then.atMs() < TOO_SHORT_MS) {
            return -1;
        }
        return (total - then.of(name)) * 60_000 / (now.atMs() - then.atMs());
    }

    /** How much came in each step up to now, the oldest first; -1 where that is not known. The last step has only begun. */
    synchronized List<Long> steps(String name, Totals now) {
        List<Long> steps = new ArrayList<>(STEPS);
        long end = now.atMs() / STEP_MS * STEP_MS + STEP_MS;
        for (long from = end - STEPS * STEP_MS; from < end; from += STEP_MS) {
            boolean isLast = from + STEP_MS == end;
            steps.add(between(start(name, from), isLast ? now.of(name) : at(name, from + STEP_MS)));
        }
        return steps;
    }

    /** Where it stood when the step began, or else at the first moment of the step that is known. */
    private double start(String name, long fromMs) {
        double before = at(name, fromMs);
        return before >= 0
                ? before
                : moments.stream()
                        .filter(moment -> moment.atMs() > fromMs && moment.atMs() <= fromMs + STEP_MS)
                        .mapToDouble(moment -> moment.of(name))
                        .filter(total -> total >= 0)
                        .findFirst()
                        .orElse(-1);
    }

    private static long between(double before, double after) {
        return before < 0 || after < before ? -1 : Math.round(after - before);
    }

    private double at(String name, long atMs) {
        double found = -1;
        for (Totals moment : moments) {
            if (moment.atMs() > atMs) {
                break;
            }
            found = moment.of(name);
        }
        return found;
    }
}
