package io.heatwire.ops.proof;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;
import java.util.Map;

/** For operators without a suite of their own: what is given is settled, is no dead letter, and passes a guard once. */
final class GeneralProof implements StageProof {

    private static final String MARK = "heatwire_proof";

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        sheet.test("settled");
        Counters counters = Counters.of(ground, stage);
        String id = ground.marks().id(stage.name());
        Map<String, String> event = ground.sample(stage, id);
        event.putAll(ground.request().event());
        if (!event.containsValue(id)) {
            event.put(MARK, id); // or nobody could tell what came of it
        }
        EntryId first = ground.give(stage, event);
        settled(ground, stage, sheet, "an entry", first);
        if (!sheet.isFineSoFar()) {
            return;
        }
        if (stage.spec().lookUps().stream().anyMatch(lookUp -> lookUp.type() == LookUpSpec.Type.MARKER)) {
            sheet.test("dedupe");
            EntryId again = ground.give(stage, event);
            settled(ground, stage, sheet, "the same again", again);
            counters.grew(sheet, "heatwire_entries_duplicate_total", Map.of("stage", stage.name()), 1);
        }
        sheet.test("pending");
        ground.until(() -> ground.pending(stage, first, EntryIds.HIGHEST) == 0);
        sheet.same(
                "entries of the proof that are pending",
                "0",
                Long.toString(ground.pending(stage, first, EntryIds.HIGHEST)));
    }

    private static void settled(Ground ground, StagePlan stage, Sheet sheet, String what, EntryId id) {
        ground.until(() -> ground.isSettled(stage, id));
        boolean isDead = ground.letter(stage, id).isPresent();
        sheet.check(
                what + " is settled",
                ground.isSettled(stage, id) && !isDead,
                "settled, no dead letter",
                isDead
                        ? ground.fate(stage, id) + "; say with --event FIELD=VALUE what the stage can read"
                        : ground.isSettled(stage, id) ? "settled" : ground.fate(stage, id));
    }
}
