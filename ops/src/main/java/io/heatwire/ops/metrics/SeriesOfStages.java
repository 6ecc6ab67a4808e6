package io.heatwire.ops.metrics;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The series of a family that are about some stages. */
final class SeriesOfStages {

    private SeriesOfStages() {}

    /** Empty when none is. */
    static Optional<MetricSnapshot> of(MetricSnapshot family, Collection<String> stages) {
        if (family.getDataPoints().stream().noneMatch(point -> isOf(point, stages))) {
            return Optional.empty();
        }
        if (family instanceof CounterSnapshot counter) {
            return Optional.of(new CounterSnapshot(family.getMetadata(), of(counter.getDataPoints(), stages)));
        }
        if (family instanceof GaugeSnapshot gauge) {
            return Optional.of(new GaugeSnapshot(family.getMetadata(), of(gauge.getDataPoints(), stages)));
        }
        return family instanceof HistogramSnapshot histogram
                ? Optional.of(new HistogramSnapshot(family.getMetadata(), of(histogram.getDataPoints(), stages)))
                : Optional.empty();
    }

    private static <P extends DataPointSnapshot> List<P> of(List<P> points, Collection<String> stages) {
        return points.stream().filter(point -> isOf(point, stages)).toList();
    }

    private static boolean isOf(DataPointSnapshot point, Collection<String> stages) {
        return stages.contains(point.getLabels().get("stage"));
    }
}
