package io.heatwire.ops.proof;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.wiring.graph.StreamWire.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Found while waiting, timeout, dedupe, the integrity of the stream, and, when asked for, drop under saturation. */
final class LateObserverProof implements StageProof {

    private static final int BEYOND = 50;
    private static final int LARGEST_BURST = 1_500;
    private static final int PART_OF_WHAT_IS_KEPT = 5;

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        sheet.test("found");
        if (!stage.config().flag("enabled")) {
            sheet.leaveOut("found, timeout, dedupe, stream integrity, drop under saturation", "enabled is off");
            return;
        }
        Counters counters = Counters.of(ground, stage);
        Observations observed = new Observations(ground, stage);
        String found = ground.marks().id(stage.name() + "-found");
        EntryId first = ground.give(stage, observed.plan(found));
        ground.until(() -> ground.isRead(stage, first));
        observed.putDecision(found);
        ground.until(() -> !observed.of(found).isEmpty(), maxWaitMs(stage));
        observed.says(sheet, "a decision that comes while the plan waits", found, "1", "ok", ground.fate(stage, first));
        if (!sheet.isFineSoFar()) {
            sheet.leaveOut(
                    "dedupe, timeout, stream integrity, drop under saturation", "nothing came of the first injection");
            return;
        }

        sheet.test("dedupe");
        EntryId again = ground.give(stage, observed.plan(found));
        boolean isSettled = ground.until(() -> ground.isSettled(stage, again), maxWaitMs(stage));
        sheet.check(
                "the repeated plan is settled",
                isSettled,
                "settled",
                isSettled ? "settled" : ground.fate(stage, again));
        sheet.same("events about it", "1", Integer.toString(observed.of(found).size()));

        timeout(ground, stage, sheet, observed);
        sheet.test("stream integrity");
        observed.isWhole(sheet, found);
        sheet.test("metrics");
        counters.grew(sheet, "p28_observed_total", observed.counted("1"), 1);
        sheet.test("drop under saturation");
        saturate(ground, stage, sheet, observed, counters);
    }

    private static long maxWaitMs(StagePlan stage) {
        return stage.config().integer("max_wait_ms");
    }

    private static void timeout(Ground ground, StagePlan stage, Sheet sheet, Observations observed) {
        sheet.test("timeout");
        String planId = ground.marks().id(stage.name() + "-timeout");
        Optional<String> unguarded = withhold(ground, stage, planId);
        if (unguarded.isPresent()) {
            sheet.leaveOut("a plan without a decision", unguarded.get());
            return;
        }
        EntryId lone = ground.give(stage, observed.plan(planId));
        ground.until(() -> !observed.of(planId).isEmpty(), maxWaitMs(stage));
        observed.says(
                sheet,
                "a plan without a decision, after max_wait_ms " + maxWaitMs(stage),
                planId,
                "0",
                "timeout",
                ground.fate(stage, lone));
    }

    /** Has nobody write the plan's decision, by passing the guard of whoever would; why that cannot be done. */
    private static Optional<String> withhold(Ground ground, StagePlan late, String planId) {
        KeyTemplate awaited = late.config().key("by_plan");
        for (StagePlan writer : ground.plan().stages()) {
            if (writes(writer, awaited)) {
                List<String> markers = markers(writer);
                if (markers.isEmpty()) {
                    return Optional.of("stage " + writer.name()
                            + " writes the decision of every plan and has no guard by plan_id that could withhold it");
                }
                markers.forEach(port -> ground.mark(writer.config().key(port).key("plan_id", planId)));
            }
        }
        return Optional.empty();
    }

    private static boolean writes(StagePlan stage, KeyTemplate template) {
        return stage.spec().outputs().stream()
                .filter(output -> output instanceof Output.ToHash)
                .anyMatch(output -> stage.config().key(output.port()).text().equals(template.text()));
    }

    private static List<String> markers(StagePlan stage) {
        return stage.spec().lookUps().stream()
                .filter(lookUp -> lookUp.type() == LookUpSpec.Type.MARKER)
                .map(LookUpSpec::port)
                .filter(port -> stage.config().key(port).variables().equals(List.of("plan_id")))
                .toList();
    }

    private static void saturate(
            Ground ground, StagePlan stage, Sheet sheet, Observations observed, Counters counters) {
        long burst = stage.config().integer("max_inflight") + BEYOND;
        Optional<String> why = whyNot(ground, stage, burst);
        if (why.isPresent()) {
            sheet.leaveOut("what finds no place is counted", why.get());
            return;
        }
        String prefix = ground.marks().id(stage.name() + "-burst-");
        for (int i = 0; i < burst; i++) {
            withhold(ground, stage, prefix + i);
        }
        List<Map<String, String>> plans = new ArrayList<>();
        for (int i = 0; i < burst; i++) {
            plans.add(observed.plan(prefix + i));
        }
        List<EntryId> ids = ground.giveAtOnce(stage, plans);
        EntryId last = ids.get(ids.size() - 1);
        boolean isSettled = ground.until(
                () -> ground.isRead(stage, last) && ground.pending(stage, ids.get(0), last) == 0, maxWaitMs(stage));
        sheet.check(
                "all of the burst is settled", isSettled, "settled", isSettled ? "settled" : ground.fate(stage, last));
        long seen = observed.startingWith(prefix);
        sheet.check(
                "events about a burst of " + burst + " plans",
                seen < burst && seen > 0,
                "fewer than " + burst + " (max_inflight " + (burst - BEYOND) + ")",
                Long.toString(seen));
        counters.grew(sheet, "p28_late_obs_dropped_total", Map.of(), burst - seen);
    }

    private static Optional<String> whyNot(Ground ground, StagePlan stage, long burst) {
        if (!ground.request().saturate()) {
            return Optional.of("not asked for. --saturate gives the stage " + burst
                    + " plans at once; real plans that come within the next " + maxWaitMs(stage)
                    + " ms may find no place and go unobserved");
        }
        if (burst > LARGEST_BURST) {
            return Optional.of(
                    "it would take " + burst + " plans at once, and more than " + LARGEST_BURST + " are never given");
        }
        if (ground.input(stage).bound() instanceof Bound.Keep keep && burst > keep.entries() / PART_OF_WHAT_IS_KEPT) {
            return Optional.of(
                    "it would take " + burst + " plans at once, and the stream keeps only " + keep.entries());
        }
        List<String> behind = ground.view().groups(Ground.source(stage).key()).values().stream()
                .filter(group -> group.lag() != 0)
                .map(GroupFacts::name)
                .toList();
        return behind.isEmpty()
                ? Optional.empty()
                : Optional.of("not now: " + String.join(", ", behind) + " of the same stream is behind already");
    }
}
