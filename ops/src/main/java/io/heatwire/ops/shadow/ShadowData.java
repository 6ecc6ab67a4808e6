package io.heatwire.ops.shadow;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What the stream of a gate holds of a stretch of time.
 *
 * @param nowMs by the clock of Redis
 * @param sinceMs how far back was looked, in ms
 * @param comparisons those written in shadow mode, oldest first
 * @param others how many entries were written in another mode
 * @param isCutShort whether there is more than was read
 * @param intake how much of what came the gate decided
 */
public record ShadowData(
        long nowMs, long sinceMs, List<Comparison> comparisons, long others, boolean isCutShort, Intake intake) {

    /**
     * Reads the stream, from its newest entry down, and counts what came in.
     *
     * @param calibrated the stream the gate writes
     * @param proposals the stream it reads; empty when that is not known
     */
    public static ShadowData read(BrokerView view, String calibrated, Optional<String> proposals, long sinceMs) {
        long nowMs = view.nowMs();
        EntryId oldest = new EntryId(Math.max(0, nowMs - sinceMs), 0);
        List<Comparison> newestFirst = new ArrayList<>();
        List<Long> decidedAtMs = new ArrayList<>();
        boolean isAll = NewestFirst.read(view, calibrated, "+", oldest, entry -> {
            decidedAtMs.add(entry.id().ms());
            if (entry.has("mode", "shadow")) {
                newestFirst.add(Comparison.of(entry));
            }
        });
        Collections.reverse(newestFirst);
        Intake intake = proposals
                .filter(known -> isAll)
                .map(known -> Intake.read(view, known, calibrated, oldest, nowMs, decidedAtMs))
                .orElse(Intake.UNKNOWN);
        long others = (long) decidedAtMs.size() - newestFirst.size();
        return new ShadowData(nowMs, sinceMs, List.copyOf(newestFirst), others, !isAll, intake);
    }
}
