package io.heatwire.ops.demo.report;

import java.util.Map;
import java.util.TreeMap;

/** What was observed at one point of the chain. */
final class Observation {

    private final Map<String, Long> reasons = new TreeMap<>();
    private final Spread waits = new Spread();
    private long found;
    private long notFound;

    void add(Entry event) {
        if (event.field("heat_found").equals("1")) {
            found++;
        } else {
            notFound++;
        }
        reasons.merge(event.field("heat_reason"), 1L, Long::sum);
    }

    void waited(long ms) {
        waits.add(ms);
    }

    long found() {
        return found;
    }

    long notFound() {
        return notFound;
    }

    long all() {
        return found + notFound;
    }

    double coverage() {
        return all() == 0 ? 0 : 100.0 * found / all();
    }

    Spread waits() {
        return waits;
    }

    Map<String, Long> reasons() {
        return reasons;
    }
}
