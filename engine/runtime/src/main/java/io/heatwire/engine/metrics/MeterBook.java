package io.heatwire.engine.metrics;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.effect.Signal;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Every meter of the engine and its operators, by declaration. Operators may share one declaration. */
public final class MeterBook {

    private final MeterRegistry registry;
    private final Map<String, MeterFamily> families = new ConcurrentHashMap<>();

    /** A book that registers its meters here. */
    public MeterBook(MeterRegistry registry) {
        this.registry = registry;
    }

    /**
     * Declares a meter: every combination of its known label values is present at 0 from here on.
     *
     * @param settingValues the values of a list setting by its name, for labels that take theirs from a setting
     */
    public void declare(MeterSpec spec, Function<String, List<String>> settingValues) {
        family(spec)
                .know(spec.labels().stream()
                        .map(label -> known(label, settingValues))
                        .toList());
    }

    /** Records a meter signal; log lines are not its business. */
    public void record(Signal signal) {
        if (signal instanceof Signal.Count count) {
            family(count.meter()).record(count.amount(), count.labels());
        } else if (signal instanceof Signal.Level level) {
            family(level.meter()).record(level.value(), level.labels());
        } else if (signal instanceof Signal.Observe observe) {
            family(observe.meter()).record(observe.value(), observe.labels());
        }
    }

    /** Adds to a counter, sets a gauge or observes a value, as the declaration says. */
    public void record(MeterSpec spec, double value, String... labels) {
        family(spec).record(value, List.of(labels));
    }

    /**
     * Takes the series of a label's value out of the registry.
     *
     * @param label which of the meter's labels, from 0
     * @param value what is no more; what is recorded for it later goes nowhere, until it is declared again
     */
    public void forget(MeterSpec spec, int label, String value) {
        family(spec).forget(label, value);
    }

    /** The current value of a counter or gauge; 0 for a name nobody declared. */
    public double current(String name, String... labels) {
        MeterFamily family = families.get(name);
        return family == null ? 0 : family.current(List.of(labels));
    }

    private MeterFamily family(MeterSpec spec) {
        MeterFamily family = families.get(spec.name());
        return family != null ? family : families.computeIfAbsent(spec.name(), name -> new MeterFamily(spec, registry));
    }

    private static List<String> known(Label label, Function<String, List<String>> settingValues) {
        String setting = label.fromSetting();
        return setting == null ? label.values() : settingValues.apply(setting);
    }
}
