package io.heatwire.engine.dead;

import java.util.Map;

/**
 * The dead letters of one stage at a glance.
 *
 * @param letters how many there are
 * @param oldestAgeMs age of the oldest, in ms by the clock of Redis; 0 without letters
 * @param newestAgeMs age of the newest, in ms; 0 without letters
 * @param scanned how many of the newest the reasons were counted over
 * @param reasons count by the first word of the reason, the most frequent first; an empty word for what no stage wrote
 */
public record DeadSummary(long letters, long oldestAgeMs, long newestAgeMs, long scanned, Map<String, Long> reasons) {}
