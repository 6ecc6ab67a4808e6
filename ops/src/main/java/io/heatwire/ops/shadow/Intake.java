package io.heatwire.ops.shadow;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.StreamFacts;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How much of what came the gate decided: it writes one entry for each proposal. What became a dead letter, or was never read, is
 * missing in every other figure.
 *
 * @param came proposals that came while both streams reach back, without the last minute; -1 when that is not known
 * @param decided entries that the gate wrote from then on
 */
record Intake(long came, long decided) {

    static final Intake UNKNOWN = new Intake(-1, 0);

    /** What came this lately may be on its way. */
    private static final long UNDER_WAY_MS = 60_000;

    static Intake read(
            BrokerView view, String proposals, String calibrated, EntryId oldest, long nowMs, List<Long> decidedAtMs) {
        // What came before the first that the gate decided, it may never have been meant to read.
        long fromMs = Math.max(oldest.ms(), Math.max(reachesBackTo(view, proposals), reachesBackTo(view, calibrated)));
        AtomicLong came = new AtomicLong();
        boolean isAll = NewestFirst.read(
                view,
                proposals,
                Long.toString(nowMs - UNDER_WAY_MS),
                new EntryId(fromMs, 0),
                entry -> came.incrementAndGet());
        long decided = decidedAtMs.stream().filter(at -> at >= fromMs).count();
        return isAll ? new Intake(came.get(), decided) : UNKNOWN;
    }

    private static long reachesBackTo(BrokerView view, String stream) {
        return view.stream(stream).orElse(StreamFacts.NONE).first().ms();
    }

    boolean isKnown() {
        return came >= 0;
    }

    /** Of an entry at the edge of the time it is not known whether its proposal came before. */
    long decidedOfThese() {
        return Math.min(came, decided);
    }
}
