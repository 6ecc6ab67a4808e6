package io.heatwire.ops.look;

import java.util.Collection;
import java.util.List;

/** How many entries one read asks for, so that a page stays small however large the entries are. */
public final class PageSize {

    private static final int MOST = 200;
    private static final int FIRST = 10;
    private static final long BYTES = 4L << 20;

    private int entries = FIRST;

    /** How many entries the next read asks for. */
    public int entries() {
        return entries;
    }

    /** Learns from a page: the next may have twice as many entries, if they are no larger. */
    public void learn(Collection<List<StreamEntry>> page) {
        long count = page.stream().mapToLong(List::size).sum();
        if (count > 0) {
            long bytes = page.stream()
                    .flatMap(List::stream)
                    .mapToLong(StreamEntry::bytes)
                    .sum();
            long fitting = BYTES / Math.max(1, bytes / count);
            entries = (int) Math.max(1, Math.min(Math.min(MOST, 2L * entries), fitting));
        }
    }
}
