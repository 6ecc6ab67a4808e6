package io.heatwire.ops.demo.report;

import io.heatwire.ops.ask.Scrape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One figure from two sources.
 *
 * @param what what is counted
 * @param redis what Redis holds
 * @param metrics what /metrics says
 */
public record Reconciliation(String what, long redis, long metrics) {

    private static final List<String> LEVELS = List.of("cold", "warm", "hot", "unknown");

    /** Whether both say the same. */
    public boolean agrees() {
        return redis == metrics;
    }

    /** Every figure that both sources have. */
    public static List<Reconciliation> all(ChainFigures figures, Totals totals, Scrape scrape) {
        List<Reconciliation> all = new ArrayList<>();
        all.add(new Reconciliation("plans", totals.plans(), scrape.sum("p26_in_messages_total")));
        all.add(new Reconciliation("decisions", totals.decisions(), scrape.sum("p26_out_messages_total")));
        for (String level : LEVELS) {
            all.add(new Reconciliation(
                    "  " + level,
                    figures.level(level),
                    scrape.sum("p26_out_messages_total", Map.of("heat_level", level))));
        }
        all.add(new Reconciliation(
                "decisions read by the bridge", totals.decisions(), scrape.sum("p27_in_messages_total")));
        all.add(new Reconciliation(
                "lookup keys written", figures.keys(), scrape.sum("p27_written_total", Map.of("kind", "by_plan"))));
        all.add(new Reconciliation(
                "duplicates at the bridge", totals.decisions() - figures.keys(), scrape.sum("p27_dedupe_skips_total")));
        all.add(new Reconciliation(
                "proposals calibrated", totals.calibrated(), scrape.sum("p26_proposals_processed_total")));
        observations(all, figures, scrape);
        all.add(new Reconciliation(
                "plans observed late or dropped",
                totals.plans(),
                scrape.sum("p28_observed_total", Map.of("obs_point", "publish_plan_post"))
                        + scrape.sum("p28_late_obs_dropped_total")));
        all.add(new Reconciliation("dead letters", totals.dead(), scrape.sum("heatwire_entries_dead_total")));
        all.add(new Reconciliation("entries still pending", totals.pending(), scrape.sum("heatwire_pending_entries")));
        return List.copyOf(all);
    }

    private static void observations(List<Reconciliation> all, ChainFigures figures, Scrape scrape) {
        figures.observations().forEach((point, observation) -> {
            all.add(new Reconciliation(
                    point + " found",
                    observation.found(),
                    scrape.sum("p28_observed_total", Map.of("obs_point", point, "heat_found", "1"))));
            all.add(new Reconciliation(
                    point + " not found",
                    observation.notFound(),
                    scrape.sum("p28_observed_total", Map.of("obs_point", point, "heat_found", "0"))));
            observation
                    .reasons()
                    .forEach((reason, count) -> all.add(new Reconciliation(
                            "  " + point + " " + reason,
                            count,
                            scrape.sum("p28_heat_reason_total", Map.of("obs_point", point, "reason", reason)))));
        });
    }
}
