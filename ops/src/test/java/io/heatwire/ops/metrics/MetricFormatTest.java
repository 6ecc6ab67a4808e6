package io.heatwire.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MetricFormatTest {

    @Test
    void givesPrometheusTextToWhoAsksForNothing() {
        assertThat(MetricFormat.accepted(null)).isEqualTo(MetricFormat.PROMETHEUS);
        assertThat(MetricFormat.PROMETHEUS.contentType()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
                "application/openmetrics-text;q=0",
                "application/openmetrics-text;q=0.3,text/plain;q=0.9",
                "application/openmetrics-textual"
            })
    void givesPrometheusTextTo(String accept) {
        assertThat(MetricFormat.accepted(accept)).isEqualTo(MetricFormat.PROMETHEUS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/openmetrics-text",
                "Application/OpenMetrics-Text; version=1.0.0; charset=utf-8",
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"
            })
    void givesOpenMetricsTo(String accept) {
        assertThat(MetricFormat.accepted(accept)).isEqualTo(MetricFormat.OPEN_METRICS);
        assertThat(MetricFormat.OPEN_METRICS.contentType())
                .isEqualTo("application/openmetrics-text; version=1.0.0; charset=utf-8");
    }
}
