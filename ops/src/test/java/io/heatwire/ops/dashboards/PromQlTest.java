package io.heatwire.ops.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PromQlTest {

    @Test
    void writesTheJobIntoEverySelector() {
        assertThat(PromQl.ofJob("sum(rate(a_total{}[5m])) / sum(b{x=\"1\"})"))
                .isEqualTo("sum(rate(a_total{job=\"heatwire\"}[5m])) / sum(b{job=\"heatwire\",x=\"1\"})");
    }

    @Test
    void findsTheMetricsAndNothingElse() {
        assertThat(PromQl.metrics("max by (edge) (a_total{} or 2 * b_bucket{le=\"1\"}) > 0"))
                .containsExactly("a_total", "b_bucket");
    }

    @Test
    void matchesValuesAsTheyAreWhateverStandsInThem() {
        assertThat(PromQl.matcher("point", List.of("a.b\"c"))).isEqualTo("point=\"a.b\\\"c\"");
        assertThat(PromQl.matcher("point", List.of("a.b", "(c)"))).isEqualTo("point=~\"a\\\\.b|\\\\(c\\\\)\"");
    }
}
