package io.heatwire.ops.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void rendersTheNamesOfTheContractByteForByte() {
        gauge("p26_bucket", "1 for the current bucket", 1, "state", "COLD");
        gauge("p26_info", "a suffix the library reserves", 2);
        gauge("p27_lag_ms", "age of the last entry in ms", 12.5);
        counter("p28_heat_reason_total", "why", "obs_point", "publish_plan_post", "reason", "timeout")
                .increment(2);
        counter("p28_late_obs_dropped_total", "dropped");
        histogram();

        assertThat(metrics.scrape(MetricFormat.PROMETHEUS)).isEqualTo("""
                # HELP p26_bucket 1 for the current bucket
                # TYPE p26_bucket gauge
                p26_bucket{state="COLD"} 1
                # HELP p26_info a suffix the library reserves
                # TYPE p26_info gauge
                p26_info 2
                # HELP p26_stream_lag_ms age of entries in ms
                # TYPE p26_stream_lag_ms histogram
                p26_stream_lag_ms_bucket{le="5.0"} 1
                p26_stream_lag_ms_bucket{le="50.0"} 2
                p26_stream_lag_ms_bucket{le="+Inf"} 2
                p26_stream_lag_ms_count 2
                p26_stream_lag_ms_sum 23
                # HELP p26_stream_lag_ms_max age of entries in ms
                # TYPE p26_stream_lag_ms_max gauge
                p26_stream_lag_ms_max 20
                # HELP p27_lag_ms age of the last entry in ms
                # TYPE p27_lag_ms gauge
                p27_lag_ms 12.5
                # HELP p28_heat_reason_total why
                # TYPE p28_heat_reason_total counter
                p28_heat_reason_total{obs_point="publish_plan_post",reason="timeout"} 2
                # HELP p28_late_obs_dropped_total dropped
                # TYPE p28_late_obs_dropped_total counter
                p28_late_obs_dropped_total 0
                """);
    }

    @Test
    void rendersOpenMetricsWithItsEndMark() {
        counter("p27_in_messages_total", "entries").increment(3);

        assertThat(metrics.scrape(MetricFormat.OPEN_METRICS)).isEqualTo("""
                # TYPE p27_in_messages counter
                # HELP p27_in_messages entries
                p27_in_messages_total 3
                # EOF
                """);
    }

    @Test
    void rendersOnlyTheMetersAskedForWhateverTheirType() {
        counter("p27_in_messages_total", "entries");
        counter("p26_in_messages_total", "entries", "action", "HOLD");
        gauge("p26_bucket", "bucket", 0, "state", "HOT");
        gauge("p26_bucket_age", "not asked for", 0);
        histogram();

        String text = metrics.scrape(
                MetricFormat.PROMETHEUS, Set.of("p26_in_messages_total", "p26_bucket", "p26_stream_lag_ms"));

        assertThat(text.lines().filter(line -> line.startsWith("# TYPE ")))
                .containsExactly(
                        "# TYPE p26_bucket gauge",
                        "# TYPE p26_in_messages_total counter",
                        "# TYPE p26_stream_lag_ms histogram",
                        "# TYPE p26_stream_lag_ms_max gauge");
    }

    @Test
    void escapesWhatALabelMayNotHold() {
        counter("p26_in_messages_total", "entries", "action", "A\"B\\C\nD").increment();

        assertThat(metrics.scrape(MetricFormat.PROMETHEUS))
                .contains("p26_in_messages_total{action=\"A\\\"B\\\\C\\nD\"} 1\n");
    }

    @Test
    void keepsNamesWithDotsReadable() {
        gauge("jvm.memory.used", "memory", 1);

        assertThat(metrics.scrape(MetricFormat.PROMETHEUS)).contains("\njvm_memory_used 1\n");
    }

    @Test
    void writesWholeNumbersSoThatAShellCanCompareThem() {
        counter("p27_dedupe_skips_total", "skips").increment(12_345_678);
        gauge("p26_heat_value", "heat", 0.25);
        gauge("p26_heat_score", "score", Double.NaN);

        assertThat(metrics.scrape(MetricFormat.PROMETHEUS))
                .contains("\np27_dedupe_skips_total 12345678\n")
                .contains("\np26_heat_value 0.25\n")
                .contains("\np26_heat_score NaN\n");
    }

    private void gauge(String name, String help, double value, String... tags) {
        Gauge.builder(name, () -> value).description(help).tags(tags).register(metrics.registry());
    }

    private Counter counter(String name, String help, String... tags) {
        return Counter.builder(name).description(help).tags(tags).register(metrics.registry());
    }

    private void histogram() {
        DistributionSummary lag = DistributionSummary.builder("p26_stream_lag_ms")
                .description("age of entries in ms")
                .serviceLevelObjectives(5, 50)
                .register(metrics.registry());
        lag.record(3);
        lag.record(20);
    }
}
