package io.heatwire.ops.metrics;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The registry of one process and its scrape. Names are rendered exactly as they are registered. */
public final class Metrics {

    /** The gauge that says since when a process counts, which every listener that serves metrics gives. */
    public static final String START = "process_start_time_seconds";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    /** An empty registry. */
    public Metrics() {
        // Before any meter: a name that is registered keeps the convention it was registered with.
        registry.config().namingConvention(new ExactNames());
    }

    /** Where meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /** Every meter, as text. */
    public String scrape(MetricFormat format) {
        return write(format, registry.getPrometheusRegistry().scrape());
    }

    /**
     * The named meters only, as text.
     *
     * @param meters names as declared, see {@link #declaredBy}
     * @param byStage names of meters with a series for each stage, of which those of {@code stages} are written
     */
    public String scrape(MetricFormat format, Set<String> meters, Set<String> byStage, Collection<String> stages) {
        Set<String> families = families(meters);
        Set<String> familiesByStage = families(byStage);
        return write(
                format,
                new MetricSnapshots(registry.getPrometheusRegistry().scrape().stream()
                        .flatMap(snapshot -> isOneOf(families, nameOf(snapshot))
                                ? Stream.of(snapshot)
                                : isOneOf(familiesByStage, nameOf(snapshot))
                                        ? SeriesOfStages.of(snapshot, stages).stream()
                                        : Stream.empty())
                        .toList()));
    }

    private static Set<String> families(Set<String> meters) {
        return meters.stream().map(name -> without("_total", name)).collect(Collectors.toSet());
    }

    /** The same without any that go by stage. */
    public String scrape(MetricFormat format, Set<String> meters) {
        return scrape(format, meters, Set.of(), Set.of());
    }

    /** The names of all meters these operators declare, with the ones the engine moves for them. */
    public static Set<String> declaredBy(Collection<OperatorSpec> operators) {
        return operators.stream()
                .flatMap(spec -> Stream.concat(
                        spec.meters().stream(),
                        Stream.of(spec.duties().loops(), spec.duties().errors()).filter(Objects::nonNull)))
                .map(MeterSpec::name)
                .collect(Collectors.toSet());
    }

    private static String nameOf(MetricSnapshot snapshot) {
        return snapshot.getMetadata().getPrometheusName();
    }

    // The library's family of a counter has no _total, and there is a gauge _max beside each distribution.
    private static boolean isOneOf(Set<String> families, String name) {
        return families.contains(name) || families.contains(without("_max", name));
    }

    private static String without(String suffix, String name) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    private static String write(MetricFormat format, MetricSnapshots snapshots) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(16 * 1024);
        try {
            format.writer().write(out, snapshots);
        } catch (IOException impossible) {
            throw new UncheckedIOException("writing to memory cannot fail", impossible);
        }
        return WholeNumbers.plain(out.toString(StandardCharsets.UTF_8));
    }
}
