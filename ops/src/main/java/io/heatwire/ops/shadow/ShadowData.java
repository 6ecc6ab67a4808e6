package io.heatwire.ops.shadow;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.PageSize;
import io.heatwire.ops.look.StreamEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What the stream of a gate holds of a stretch of time.
 *
 * @param nowMs by the clock of Redis
 * @param sinceMs how far back was looked, in ms
 * @param comparisons those written in shadow mode, oldest first
 * @param others how many entries were written in another mode
 * @param isCutShort whether there is more than was read
 */
public record ShadowData(long nowMs, long sinceMs, List<Comparison> comparisons, long others, boolean isCutShort) {

    private static final int MOST = 200_000;

    /** Reads the stream, from its newest entry down. */
    public static ShadowData read(BrokerView view, String stream, long sinceMs) {
        long nowMs = view.nowMs();
        EntryId oldest = new EntryId(Math.max(0, nowMs - sinceMs), 0);
        PageSize size = new PageSize();
        List<Comparison> newestFirst = new ArrayList<>();
        long others = 0;
        long scanned = 0;
        String newest = "+";
        List<StreamEntry> page;
        do {
            page = view.newestFirst(stream, newest, oldest, size.entries());
            size.learn(List.of(page));
            for (StreamEntry entry : page) {
                if (entry.has("mode", "shadow")) {
                    newestFirst.add(Comparison.of(entry));
                } else {
                    others++;
                }
            }
            scanned += page.size();
            newest = page.isEmpty() ? newest : "(" + page.get(page.size() - 1).id();
        } while (!page.isEmpty() && scanned < MOST);
        Collections.reverse(newestFirst);
        return new ShadowData(nowMs, sinceMs, List.copyOf(newestFirst), others, !page.isEmpty());
    }
}
