package io.heatwire.engine.faults;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What one engine process says it did, from its own meters.
 *
 * @param read entries read, in whatever way
 * @param lost entries that were never processed, for whatever cause
 * @param gone of those committed, the lost ones whose body was gone
 * @param unburied of those settled, the lost ones whose effects and dead letter were refused
 * @param failures epochs that ended without being asked to
 */
record Account(
        long read,
        long committed,
        long duplicate,
        long refused,
        long dead,
        long lost,
        long gone,
        long unburied,
        long failures,
        long groupLost) {

    static Account of(MeterRegistry registry) {
        return new Account(
                sum(registry, "heatwire_entries_read_total"),
                sum(registry, "heatwire_entries_committed_total"),
                sum(registry, "heatwire_entries_duplicate_total"),
                sum(registry, "heatwire_entries_refused_total"),
                sum(registry, "heatwire_entries_dead_total"),
                sum(registry, "heatwire_entries_lost_total"),
                lost(registry, "trimmed_pending"),
                lost(registry, "letter_refused"),
                sum(registry, "heatwire_stage_failures_total"),
                sum(registry, "heatwire_group_lost_total"));
    }

    private static long sum(MeterRegistry registry, String name) {
        return (long) registry.find(name).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static long lost(MeterRegistry registry, String cause) {
        return (long) registry.find("heatwire_entries_lost_total").tag("cause", cause).counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    long settled() {
        return committed + duplicate + refused + dead + unburied;
    }

    /** Read and not settled: dropped from memory at the end of an epoch, to be read again. */
    long setAside() {
        return read - settled();
    }

    Account plus(Account other) {
        return new Account(
                read + other.read,
                committed + other.committed,
                duplicate + other.duplicate,
                refused + other.refused,
                dead + other.dead,
                lost + other.lost,
                gone + other.gone,
                unburied + other.unburied,
                failures + other.failures,
                groupLost + other.groupLost);
    }

    static Account nothing() {
        return new Account(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    String asWord() {
        return Arrays.stream(
                        new long[] {read, committed, duplicate, refused, dead, lost, gone, unburied, failures, groupLost
                        })
                .mapToObj(Long::toString)
                .collect(Collectors.joining(","));
    }

    static Account parse(String word) {
        long[] n = Arrays.stream(word.split(",")).mapToLong(Long::parseLong).toArray();
        return new Account(n[0], n[1], n[2], n[3], n[4], n[5], n[6], n[7], n[8], n[9]);
    }
}
