package io.heatwire.ops.page;

import java.util.Map;

/**
 * Counters at one moment.
 *
 * @param atMs when, Unix time in ms
 * @param byName how far each has counted
 */
record Totals(long atMs, Map<String, Double> byName) {

    /** How far it has counted; -1 when nobody knows. */
    double of(String name) {
        return byName.getOrDefault(name, -1.0);
    }
}
