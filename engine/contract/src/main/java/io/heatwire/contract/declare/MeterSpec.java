package io.heatwire.contract.declare;

import java.util.List;

/**
 * A meter, declared once: its name on the wire, its help text and its labels.
 *
 * @param name exactly as scraped, for example {@code p27_in_messages_total}
 * @param buckets upper bounds of a histogram, in the unit of its name; empty otherwise
 */
public record MeterSpec(String name, Type type, String help, List<Label> labels, List<Double> buckets) {

    /** The kind of a meter. */
    public enum Type {
        /** A number that only grows. */
        COUNTER,
        /** A number that is set. */
        GAUGE,
        /** A distribution in fixed buckets. */
        HISTOGRAM
    }

    /** A counter. */
    public static MeterSpec counter(String name, String help, Label... labels) {
        return new MeterSpec(name, Type.COUNTER, help, List.of(labels), List.of());
    }

    /** A gauge. */
    public static MeterSpec gauge(String name, String help, Label... labels) {
        return new MeterSpec(name, Type.GAUGE, help, List.of(labels), List.of());
    }

    /** A histogram over these bucket bounds. */
    public static MeterSpec histogram(String name, String help, List<Double> buckets, Label... labels) {
        return new MeterSpec(name, Type.HISTOGRAM, help, List.of(labels), buckets);
    }
}
