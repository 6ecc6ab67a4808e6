package io.heatwire.ops.trace;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.PageSize;
import io.heatwire.ops.look.StreamEntry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** One bounded walk over a stream, from its newest entry down. */
final class StreamScan {

    private static final int KEPT = 50;

    private final TraceRequest request;
    private final List<StreamEntry> newestFirst = new ArrayList<>();
    private long matching;
    private long scanned;
    private boolean isCutShort;

    StreamScan(TraceRequest request) {
        this.request = request;
    }

    void read(BrokerView view, String key, EntryId oldest) {
        PageSize size = new PageSize();
        String newest = "+";
        List<StreamEntry> page;
        do {
            int asked = (int) Math.min(size.entries(), request.scanAtMost() - scanned);
            page = view.newestFirst(key, newest, oldest, asked);
            size.learn(List.of(page));
            scanned += page.size();
            page.stream().filter(this::isWanted).forEach(this::keep);
            newest = page.isEmpty() ? newest : "(" + page.get(page.size() - 1).id();
        } while (!page.isEmpty() && scanned < request.scanAtMost());
        isCutShort =
                !page.isEmpty() && !view.newestFirst(key, newest, oldest, 1).isEmpty();
    }

    private boolean isWanted(StreamEntry entry) {
        return entry.has(request.field(), request.id());
    }

    /** Of very many the newest one and the oldest ones: how it began is what people ask for. */
    private void keep(StreamEntry entry) {
        matching++;
        newestFirst.add(entry);
        if (newestFirst.size() > KEPT) {
            newestFirst.remove(1);
        }
    }

    List<StreamEntry> oldestFirst() {
        List<StreamEntry> entries = new ArrayList<>(newestFirst);
        Collections.reverse(entries);
        return List.copyOf(entries);
    }

    long matching() {
        return matching;
    }

    long scanned() {
        return scanned;
    }

    boolean isCutShort() {
        return isCutShort;
    }
}
