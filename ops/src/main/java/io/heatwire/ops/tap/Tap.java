package io.heatwire.ops.tap;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.PageSize;
import io.heatwire.ops.look.StreamEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Follows entries. Between two reads it remembers one id for each stream, and nothing is under way while it prints: who reads
 * slowly is shown less, and neither this process nor Redis keeps anything for them.
 */
public final class Tap {

    private final BrokerView view;
    private final TapRules rules;
    private final Screen screen;
    private final Ending ending;
    private final LongSupplier clockMs;
    private final Rate rate;
    private final PageSize pageSize = new PageSize();
    private TapCounts counts = TapCounts.NONE;
    private long skippedUnsaid;

    /**
     * A tap.
     *
     * @param clockMs ms by a clock that only goes on
     */
    public Tap(BrokerView view, TapRules rules, Screen screen, Ending ending, LongSupplier clockMs) {
        this.view = view;
        this.rules = rules;
        this.screen = screen;
        this.ending = ending;
        this.clockMs = clockMs;
        this.rate = new Rate(rules.perSecond());
    }

    /**
     * Shows what comes behind these ids until somebody asks to stop, enough was shown, or nobody reads any more.
     *
     * @param from the last entry not to show, by key
     * @param isPast whether to show what is there at leisure first: nothing is skipped before the end is reached
     */
    public TapCounts follow(Map<String, EntryId> from, boolean isPast) throws InterruptedException {
        Map<String, EntryId> positions = new LinkedHashMap<>(from);
        boolean isBehind = isPast;
        boolean goesOn = true;
        while (goesOn && !ending.isAsked()) {
            Map<String, List<StreamEntry>> page =
                    view.after(positions, pageSize.entries(), rules.waitMs(), ending.asked());
            isBehind = isBehind && !page.isEmpty();
            pageSize.learn(page.values());
            goesOn = show(page, isBehind);
            page.forEach((key, entries) ->
                    positions.put(key, entries.get(entries.size() - 1).id()));
            sayWhatWasSkipped(page.isEmpty());
        }
        sayWhatWasSkipped(true);
        return counts;
    }

    private record Arrived(String key, StreamEntry entry) {}

    private boolean show(Map<String, List<StreamEntry>> page, boolean isBehind) throws InterruptedException {
        List<Arrived> inOrder = new ArrayList<>();
        page.forEach((key, entries) -> entries.forEach(entry -> inOrder.add(new Arrived(key, entry))));
        inOrder.sort(Comparator.comparing(arrived -> arrived.entry().id()));
        for (Arrived arrived : inOrder) {
            if (!show(arrived, isBehind)) {
                return false;
            }
        }
        return true;
    }

    private boolean show(Arrived arrived, boolean isBehind) throws InterruptedException {
        if (!rules.isMetBy(arrived.entry())) {
            counts = counts.plusUnmatched();
            return true;
        }
        while (!rate.take(clockMs.getAsLong())) {
            if (!isBehind) {
                counts = counts.plusSkipped();
                skippedUnsaid++;
                return true;
            }
            if (ending.isAskedWithin(rate.untilNextMs(clockMs.getAsLong()))) {
                return false;
            }
        }
        sayWhatWasSkipped(true);
        boolean isRead = screen.show(rules.nameOf(arrived.key()), arrived.entry());
        counts = counts.plusShown();
        return isRead && !rules.isEnough(counts.shown());
    }

    private void sayWhatWasSkipped(boolean isTime) {
        if (isTime && skippedUnsaid > 0) {
            screen.skipped(skippedUnsaid);
            skippedUnsaid = 0;
        }
    }
}
