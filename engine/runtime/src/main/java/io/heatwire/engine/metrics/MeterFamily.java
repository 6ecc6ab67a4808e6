package io.heatwire.engine.metrics;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** All series of one declared meter. A label value beyond its declared bound becomes {@code other}. */
final class MeterFamily {

    private static final int LONGEST_VALUE = 100;

    /** What is done with a value. */
    private interface Series {
        void record(double value);

        double current();
    }

    /** For what somebody still has to say of a value that was forgotten. */
    private static final Series NOWHERE = new Series() {
        @Override
        public void record(double value) {}

        @Override
        public double current() {
            return 0;
        }
    };

    private final MeterSpec spec;
    private final MeterRegistry registry;
    private final List<Set<String>> known;
    private final List<Set<String>> forgotten;
    private final Map<List<String>, Series> series = new ConcurrentHashMap<>();

    MeterFamily(MeterSpec spec, MeterRegistry registry) {
        this.spec = spec;
        this.registry = registry;
        this.known = spec.labels().stream()
                .map(label -> (Set<String>) new HashSet<>(label.values()))
                .toList();
        this.forgotten = spec.labels().stream()
                .map(label -> (Set<String>) new HashSet<String>())
                .toList();
    }

    /** Makes these label values known, and every combination of known values present at 0. */
    synchronized void know(List<List<String>> values) {
        for (int i = 0; i < known.size(); i++) {
            known.get(i).addAll(values.get(i));
            forgotten.get(i).removeAll(values.get(i));
        }
        if (known.stream().noneMatch(Set::isEmpty)) {
            combinations(0, new ArrayList<>()).forEach(this::create);
        }
    }

    /** Takes the series with this value of this label away; what is recorded for it afterwards goes nowhere. */
    synchronized void forget(int label, String value) {
        known.get(label).remove(value);
        forgotten.get(label).add(value);
        series.keySet().removeIf(labels -> labels.get(label).equals(value));
        registry.find(spec.name())
                .tag(spec.labels().get(label).name(), value)
                .meters()
                .forEach(registry::remove);
    }

    void record(double value, List<String> labels) {
        find(labels).record(value);
    }

    double current(List<String> labels) {
        return find(labels).current();
    }

    private Series find(List<String> labels) {
        Series found = series.get(labels);
        return found != null ? found : newSeries(labels);
    }

    private synchronized Series newSeries(List<String> labels) {
        for (int i = 0; i < forgotten.size(); i++) {
            if (forgotten.get(i).contains(labels.get(i))) {
                return NOWHERE;
            }
        }
        return create(bounded(labels));
    }

    private List<String> bounded(List<String> labels) {
        List<String> bounded = new ArrayList<>(labels.size());
        for (int i = 0; i < labels.size(); i++) {
            bounded.add(bounded(spec.labels().get(i), known.get(i), labels.get(i)));
        }
        return List.copyOf(bounded);
    }

    private static String bounded(Label label, Set<String> known, String value) {
        if (known.contains(value)) {
            return value;
        }
        if (!isFit(value)) {
            return Label.OTHER;
        }
        long extra =
                known.stream().filter(each -> !label.values().contains(each)).count();
        if (label.room() > extra) {
            known.add(value);
            return value;
        }
        return Label.OTHER;
    }

    /** Values come from events: one of a megabyte, or one that moves the cursor of whoever reads the scrape, is not worth a series. */
    private static boolean isFit(String value) {
        return value.length() <= LONGEST_VALUE && value.codePoints().noneMatch(MeterFamily::isUnprintable);
    }

    private static boolean isUnprintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }

    private List<List<String>> combinations(int from, List<String> prefix) {
        if (from == known.size()) {
            return List.of(List.copyOf(prefix));
        }
        List<List<String>> all = new ArrayList<>();
        for (String value : known.get(from)) {
            prefix.add(value);
            all.addAll(combinations(from + 1, prefix));
            prefix.remove(prefix.size() - 1);
        }
        return all;
    }

    private Series create(List<String> labels) {
        return series.computeIfAbsent(labels, this::register);
    }

    private Series register(List<String> labels) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            tags.add(Tag.of(spec.labels().get(i).name(), labels.get(i)));
        }
        return switch (spec.type()) {
            case COUNTER -> counter(tags);
            case GAUGE -> gauge(tags);
            case HISTOGRAM -> histogram(tags);
        };
    }

    private Series counter(List<Tag> tags) {
        Counter counter =
                Counter.builder(spec.name()).description(spec.help()).tags(tags).register(registry);
        return new Series() {
            @Override
            public void record(double value) {
                counter.increment(value);
            }

            @Override
            public double current() {
                return counter.count();
            }
        };
    }

    private Series gauge(List<Tag> tags) {
        AtomicLong bits = new AtomicLong(Double.doubleToLongBits(0));
        Gauge.builder(spec.name(), bits, held -> Double.longBitsToDouble(held.get()))
                .description(spec.help())
                .tags(tags)
                .strongReference(true)
                .register(registry);
        return new Series() {
            @Override
            public void record(double value) {
                bits.set(Double.doubleToLongBits(value));
            }

            @Override
            public double current() {
                return Double.longBitsToDouble(bits.get());
            }
        };
    }

    private Series histogram(List<Tag> tags) {
        DistributionSummary summary = DistributionSummary.builder(spec.name())
                .description(spec.help())
                .tags(tags)
                .serviceLevelObjectives(
                        spec.buckets().stream().mapToDouble(Double::doubleValue).toArray())
                .register(registry);
        return new Series() {
            @Override
            public void record(double value) {
                summary.record(value);
            }

            @Override
            public double current() {
                return summary.count();
            }
        };
    }
}
