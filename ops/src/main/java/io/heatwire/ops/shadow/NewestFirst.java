package io.heatwire.ops.shadow;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.PageSize;
import io.heatwire.ops.look.StreamEntry;
import java.util.List;
import java.util.function.Consumer;

/** A stretch of a stream, from its newest entry down, page by page. */
final class NewestFirst {

    private static final int MOST = 200_000;

    private NewestFirst() {}

    /**
     * Gives each entry to this consumer.
     *
     * @param newest an id, or + for the newest there is
     * @return whether that was all of them: more than 200,000 are not read
     */
    static boolean read(BrokerView view, String stream, String newest, EntryId oldest, Consumer<StreamEntry> each) {
        PageSize size = new PageSize();
        String from = newest;
        long read = 0;
        List<StreamEntry> page;
        do {
            page = view.newestFirst(stream, from, oldest, size.entries());
            size.learn(List.of(page));
            page.forEach(each);
            read += page.size();
            from = page.isEmpty() ? from : "(" + page.get(page.size() - 1).id();
        } while (!page.isEmpty() && read < MOST);
        return page.isEmpty();
    }
}
