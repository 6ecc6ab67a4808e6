package io.heatwire.ops.verify;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.ask.Scrape;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ComparisonTest {

    private static final String POINT = "create_apply_plan";
    private static final Scrape COUNTERS = Scrape.parse("""
            p28_observed_total{obs_point="create_apply_plan",heat_found="0"} 10
            p28_observed_total{obs_point="create_apply_plan",heat_found="1"} 10
            """);

    private static List<Comparison.Row> results(long notFound, long found, long mayBeMissing) {
        StreamCount stream = new StreamCount(
                Map.of(new Observed(POINT, "0", "missing"), notFound, new Observed(POINT, "1", "ok"), found),
                0,
                mayBeMissing,
                Set.of());
        return new Comparison(new Since(Map.of(POINT, 0L), 0), COUNTERS, stream, COUNTERS).results(List.of(POINT));
    }

    @Test
    void whatWasTrimmedExplainsAsManyMissingEntriesAsWereTrimmed() {
        assertThat(results(8, 7, 5))
                .allMatch(Comparison.Row::agrees)
                .allMatch(Comparison.Row::isUnknown)
                .allMatch(row -> row.verdict().startsWith("the stream was trimmed"));
    }

    @Test
    void whatWasTrimmedIsMissingInOneRowOnly() {
        assertThat(results(5, 5, 5))
                .noneMatch(Comparison.Row::agrees)
                .allMatch(row -> row.verdict().startsWith("! the counters say 5 more"));
    }

    @Test
    void whatWasTrimmedBeforeAnEngineBeganExplainsNothingOfItsPoint() {
        String other = "publish_plan_post";
        StreamCount stream = new StreamCount(
                Map.of(new Observed(POINT, "0", "missing"), 8L, new Observed(POINT, "1", "ok"), 10L),
                0,
                5,
                Set.of(POINT));
        Scrape counters = Scrape.together(List.of(COUNTERS, Scrape.parse("""
                p28_observed_total{obs_point="publish_plan_post",heat_found="0"} 3
                """)));
        Since since = new Since(Map.of(POINT, 2L, other, 1L), 1);

        assertThat(new Comparison(since, counters, stream, counters).results(List.of(POINT, other)))
                .filteredOn(row -> row.shortfall() > 0)
                .satisfiesExactly(
                        row -> assertThat(row.verdict()).startsWith("! the counters say 2 more"),
                        row -> assertThat(row.verdict()).startsWith("the stream was trimmed"));
    }

    @Test
    void agreesWithoutAQuestionWhenNothingIsMissing() {
        assertThat(results(10, 10, 0)).allMatch(Comparison.Row::agrees).noneMatch(Comparison.Row::isUnknown);
    }
}
