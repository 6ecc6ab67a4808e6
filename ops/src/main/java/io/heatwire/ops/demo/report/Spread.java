package io.heatwire.ops.demo.report;

import java.util.TreeMap;

/** Times in whole ms, counted. */
final class Spread {

    private static final long LONGEST_MS = 600_000;

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long size;
    private long sum;

    void add(long ms) {
        long bounded = Math.max(-LONGEST_MS, Math.min(LONGEST_MS, ms));
        counts.merge(bounded, 1L, Long::sum);
        size++;
        sum += bounded;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The mean in ms, to one decimal. */
    double mean() {
        return size == 0 ? 0 : Math.round(10.0 * sum / size) / 10.0;
    }

    long max() {
        return isEmpty() ? 0 : counts.lastKey();
    }

    /** The smallest time that at least this share of all times does not exceed. */
    long quantile(double share) {
        long rank = Math.max(1, (long) Math.ceil(share * size));
        long seen = 0;
        for (var entry : counts.entrySet()) {
            seen += entry.getValue();
            if (seen >= rank) {
                return entry.getKey();
            }
        }
        return 0;
    }

    String summary() {
        return isEmpty()
                ? "no samples"
                : "p50 " + quantile(0.5) + " ms   p99 " + quantile(0.99) + " ms   max " + max() + " ms   (" + size
                        + " samples)";
    }
}
