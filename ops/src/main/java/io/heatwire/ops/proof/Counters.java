package io.heatwire.ops.proof;

import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.Scrape;
import java.util.Map;
import java.util.Optional;

/** The counters of a stage as they were before a proof, to hold what they are afterwards against. */
final class Counters {

    private final Ground ground;
    private final StagePlan stage;
    private final Optional<Scrape> before;

    private Counters(Ground ground, StagePlan stage, Optional<Scrape> before) {
        this.ground = ground;
        this.stage = stage;
        this.before = before;
    }

    static Counters of(Ground ground, StagePlan stage) {
        return new Counters(ground, stage, ground.metrics(stage));
    }

    /** Checks that a counter grew by at least so much. */
    void grew(Sheet sheet, String name, Map<String, String> labels, long atLeast) {
        String series = name + (labels.isEmpty() ? "" : labels.toString());
        if (before.isEmpty()) {
            sheet.leaveOut(series, "nobody gave the metrics of the stage before the proof");
        } else if (!ground.isReadByOne(stage)) {
            sheet.leaveOut(series, "several consumers share the group; the counter of one engine does not tell");
        } else {
            boolean isThere = ground.until(() -> growth(name, labels) >= atLeast);
            sheet.check(series + " grew", isThere, "at least " + atLeast, Long.toString(growth(name, labels)));
        }
    }

    /** By how much a counter has grown; 0 when nobody gives the metrics. */
    long growth(String name, Map<String, String> labels) {
        return ground.metrics(stage)
                .map(now -> now.sum(name, labels)
                        - before.map(scrape -> scrape.sum(name, labels)).orElse(0L))
                .orElse(0L);
    }
}
