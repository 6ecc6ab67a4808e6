package io.heatwire.ops.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The two text formats of a scrape. */
public enum MetricFormat {
    /** Prometheus text 0.0.4: what everyone gets who does not ask for more. */
    PROMETHEUS,
    /** OpenMetrics 1.0.0. */
    OPEN_METRICS;

    private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";

    /**
     * The format for an {@code Accept} header. OpenMetrics must be named and not be refused by {@code q=0}; a text format that
     * is named with a higher weight wins over it.
     *
     * @param accept the header; null when there is none
     */
    public static MetricFormat accepted(@Nullable String accept) {
        if (accept == null) {
            return PROMETHEUS;
        }
        double open = weight(accept, OPEN_METRICS_TYPE);
        return open > 0 && open >= weight(accept, "text/plain") ? OPEN_METRICS : PROMETHEUS;
    }

    /** The value of the {@code Content-Type} header. */
    public String contentType() {
        return writer().getContentType();
    }

    ExpositionFormatWriter writer() {
        return switch (this) {
            case PROMETHEUS -> PrometheusTextFormatWriter.create();
            case OPEN_METRICS -> OpenMetricsTextFormatWriter.create();
        };
    }

    private static double weight(String accept, String type) {
        return Arrays.stream(accept.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(range -> range.split(";", 2)[0].strip().equals(type))
                .mapToDouble(MetricFormat::quality)
                .max()
                .orElse(0);
    }

    private static double quality(String range) {
        return Arrays.stream(range.split(";"))
                .map(String::strip)
                .filter(parameter -> parameter.matches("q=[01](\\.[0-9]{0,3})?"))
                .mapToDouble(parameter -> Double.parseDouble(parameter.substring(2)))
                .findFirst()
                .orElse(1);
    }
}
