package io.heatwire.ops.proof;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;

/** Found, dedupe, missing, and the integrity of the stream. */
final class HeatObserverProof implements StageProof {

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        sheet.test("found");
        if (!stage.config().flag("heat_obs_enabled")) {
            sheet.leaveOut("found, dedupe, missing, stream integrity", "heat_obs_enabled is off");
            return;
        }
        Counters counters = Counters.of(ground, stage);
        Observations observed = new Observations(ground, stage);
        String found = ground.marks().id(stage.name() + "-found");
        observed.putDecision(found);
        EntryId first = ground.give(stage, observed.plan(found));
        ground.until(() -> !observed.of(found).isEmpty());
        observed.says(sheet, "a plan with a decision", found, "1", "ok", ground.fate(stage, first));
        if (!sheet.isFineSoFar()) {
            sheet.leaveOut("dedupe, missing, stream integrity", "nothing came of the first injection");
            return;
        }

        sheet.test("dedupe");
        EntryId again = ground.give(stage, observed.plan(found));
        boolean isSettled = ground.until(() -> ground.isSettled(stage, again));
        sheet.check(
                "the repeated plan is settled",
                isSettled,
                "settled",
                isSettled ? "settled" : ground.fate(stage, again));
        sheet.same("events about it", "1", Integer.toString(observed.of(found).size()));

        sheet.test("missing");
        String missing = ground.marks().id(stage.name() + "-missing");
        EntryId lone = ground.give(stage, observed.plan(missing));
        ground.until(() -> !observed.of(missing).isEmpty());
        observed.says(sheet, "a plan without a decision", missing, "0", "missing", ground.fate(stage, lone));

        sheet.test("stream integrity");
        observed.isWhole(sheet, found);
        observed.isWhole(sheet, missing);

        sheet.test("metrics");
        counters.grew(sheet, "p28_observed_total", observed.counted("1"), 1);
        counters.grew(sheet, "p28_observed_total", observed.counted("0"), 1);
    }
}
