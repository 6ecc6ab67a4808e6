package io.heatwire.ops.demo.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.heatwire.ops.ask.Scrape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ChainFiguresTest {

    private final ChainFigures figures = new ChainFigures();

    @Test
    void countsCoverageAndWaitsByPoint() {
        figures.onPlans(List.of(plan("a", 1000), plan("b", 2000)));
        figures.onObserved(List.of(
                observed("a", 1000, "create_apply_plan", "0", "missing"),
                observed("a", 1100, "publish_plan_post", "1", "ok"),
                observed("b", 2300, "publish_plan_post", "1", "ok")));

        Observation late = figures.observations().get("publish_plan_post");
        assertThat(late.coverage()).isEqualTo(100);
        assertThat(late.waits().mean()).isEqualTo(200);
        assertThat(late.waits().max()).isEqualTo(300);
        assertThat(figures.observations().get("create_apply_plan").coverage()).isZero();
    }

    @Test
    void measuresAClosesWaitFromTheCloseItself() {
        figures.onPlans(List.of(plan("a", 1000)));
        figures.onClose("a", 5000);
        figures.onObserved(List.of(observed("a", 5003, "reconcile_close_consume", "1", "ok")));

        assertThat(figures.observations().get("reconcile_close_consume").waits().max())
                .isEqualTo(3);
    }

    @Test
    void looksForAKeyAgainUntilItWasWrittenAfterTheDecision() {
        figures.onPlans(List.of(plan("a", 1000)));
        figures.onDecisions(List.of(decision("a", 1002, "warm")));

        figures.lookForKeys(plan -> -1);
        figures.lookForKeys(plan -> 900);
        assertThat(figures.keys()).isZero();
        figures.lookForKeys(plan -> 1005);
        figures.lookForKeys(plan -> 1005);

        assertThat(figures.keys()).isEqualTo(1);
        assertThat(figures.publishToKey().max()).isEqualTo(5);
        assertThat(figures.publishToDecision().max()).isEqualTo(2);
    }

    @Test
    void holdsEveryFigureAgainstTheScrape() {
        figures.onPlans(List.of(plan("a", 1000)));
        figures.onDecisions(List.of(decision("a", 1002, "hot")));
        figures.lookForKeys(plan -> 1003);
        figures.onObserved(List.of(observed("a", 1100, "publish_plan_post", "1", "ok")));
        String scrape = """
                p26_in_messages_total{action="FULL_CLOSE_PROPOSED"} 1.0
                p26_out_messages_total{heat_action="NONE",heat_level="hot"} 1.0
                p27_in_messages_total 1.0
                p27_written_total{kind="by_plan"} 1.0
                p27_written_total{kind="latest_symbol"} 1.0
                p28_observed_total{heat_found="1",obs_point="publish_plan_post"} 1.0
                p28_heat_reason_total{obs_point="publish_plan_post",reason="ok"} 1.0
                """;
        Totals totals = new Totals(1, 1, 0, 0, 0);

        assertThat(Reconciliation.all(figures, totals, Scrape.parse(scrape)))
                .allMatch(Reconciliation::agrees)
                .hasSizeGreaterThan(10);
        assertThat(Reconciliation.all(
                        figures, totals, Scrape.parse(scrape.replace("kind=\"by_plan\"} 1", "kind=\"by_plan\"} 2"))))
                .filteredOn(each -> !each.agrees())
                .extracting(Reconciliation::what)
                .containsExactly("lookup keys written");
    }

    @Test
    void printsAMismatchForWhatItIs() {
        List<String> lines = DemoReport.lines(figures, List.of(new Reconciliation("plans", 3, 4)), 0);

        assertThat(lines).anyMatch(line -> line.matches(" +plans +3 +4 +MISMATCH"));
    }

    @Test
    void quantilesNeverLieBelowTheShareTheyStandFor() {
        Spread spread = new Spread();
        for (int ms = 1; ms <= 100; ms++) {
            spread.add(ms);
        }

        assertThat(spread.quantile(0.5)).isEqualTo(50);
        assertThat(spread.quantile(0.99)).isEqualTo(99);
        assertThat(spread.summary()).isEqualTo("p50 50 ms   p99 99 ms   max 100 ms   (100 samples)");
    }

    private static Entry plan(String id, long ms) {
        return new Entry(ms, Map.of("plan_id", id));
    }

    private static Entry decision(String id, long ms, String level) {
        return new Entry(ms, Map.of("plan_id", id, "heat_level", level));
    }

    private static Entry observed(String id, long ms, String point, String found, String reason) {
        return new Entry(ms, Map.of("plan_id", id, "obs_point", point, "heat_found", found, "heat_reason", reason));
    }
}
