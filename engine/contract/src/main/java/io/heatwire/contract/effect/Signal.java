package io.heatwire.contract.effect;

import io.heatwire.contract.declare.MeterSpec;
import java.util.List;
import java.util.function.Supplier;

/** Something people are told. Recorded only after the commit said that what it speaks of happened. */
public sealed interface Signal {

    /**
     * Adds to a counter.
     *
     * @param labels a value for each declared label, in their order
     */
    record Count(MeterSpec meter, double amount, List<String> labels) implements Signal {}

    /** Sets a gauge. */
    record Level(MeterSpec meter, double value, List<String> labels) implements Signal {}

    /** Records a value in a histogram. */
    record Observe(MeterSpec meter, double value, List<String> labels) implements Signal {}

    /**
     * Writes a log line. The text is made only when its level is on; values from events must already be safe to print (the
     * engine escapes control characters).
     */
    record Log(Importance importance, Supplier<String> text) implements Signal {}

    /** The level of a log line. */
    enum Importance {
        /** Detail for a search for a fault. */
        DEBUG,
        /** Normal work that operators look for. */
        INFO,
        /** Something a person should look at. */
        WARN
    }

    /** Adds one to a counter. */
    static Signal count(MeterSpec meter, String... labels) {
        return new Count(meter, 1, List.of(labels));
    }

    /** Sets a gauge. */
    static Signal level(MeterSpec meter, double value, String... labels) {
        return new Level(meter, value, List.of(labels));
    }

    /** Writes a log line at INFO. */
    static Signal info(Supplier<String> text) {
        return new Log(Importance.INFO, text);
    }

    /** Writes a log line at WARN. */
    static Signal warn(Supplier<String> text) {
        return new Log(Importance.WARN, text);
    }
}
