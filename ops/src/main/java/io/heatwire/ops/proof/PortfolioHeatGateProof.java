package io.heatwire.ops.proof;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.StreamEntry;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A calibrated entry for each proposal, and in shadow mode no calibrated key. In enforce mode it gives the stage nothing. */
final class PortfolioHeatGateProof implements StageProof {

    @Override
    public void run(Ground ground, StagePlan stage, Sheet sheet) {
        sheet.test("shadow");
        String mode = stage.config().text("mode");
        if (!mode.equals("shadow")) {
            sheet.leaveOut("calibration", "mode is " + mode + ", and a proof never writes what the planner may prefer");
            return;
        }
        Counters counters = Counters.of(ground, stage);
        StreamEntry partial = calibrated(ground, stage, sheet, "PARTIAL_25", "partial");
        if (partial == null) {
            return;
        }
        sheet.same(
                "a partial close (calibrated_action, reason)",
                "PARTIAL_25 partial_unchanged",
                text(partial, "calibrated_action") + " " + text(partial, "reason"));
        StreamEntry full = calibrated(ground, stage, sheet, "FULL_CLOSE", "full");
        if (full != null) {
            String bucket = text(full, "heat_bucket");
            sheet.same(
                    "a full close at the heat there is (" + bucket + ", " + text(full, "reason") + ")",
                    switch (bucket) {
                        case "COLD" -> "PARTIAL_25";
                        case "WARM" -> "PARTIAL_75";
                        default -> "FULL_CLOSE";
                    },
                    text(full, "calibrated_action"));
            sheet.same("mode", "shadow", text(full, "mode"));
        }
        String key = stage.config().key("calibrated_hash").key("symbol", Marks.SYMBOL);
        sheet.same("what stands under calibrated_hash", "none", ground.view().type(key));

        sheet.test("metrics");
        counters.grew(sheet, "p26_proposals_processed_total", Map.of(), 2);
    }

    private static @Nullable StreamEntry calibrated(
            Ground ground, StagePlan stage, Sheet sheet, String action, String name) {
        String planId = ground.marks().id(stage.name() + "-" + name);
        Map<String, String> proposal = ground.sample(stage, planId);
        proposal.remove("action");
        proposal.put("symbol", Marks.SYMBOL);
        proposal.put("harvest_action", action);
        proposal.put("plan_id", planId);
        EntryId id = ground.give(stage, proposal);
        ground.until(() -> !entries(ground, stage, planId).isEmpty());
        List<StreamEntry> entries = entries(ground, stage, planId);
        boolean isThere = sheet.check(
                "calibrated entries for " + action,
                entries.size() == 1,
                "1",
                entries.isEmpty() ? "none: " + ground.fate(stage, id) : Integer.toString(entries.size()));
        return isThere ? entries.get(0) : null;
    }

    private static List<StreamEntry> entries(Ground ground, StagePlan stage, String planId) {
        return ground.since(stage.streams().getOrDefault("calibrated", "")).stream()
                .filter(entry -> entry.has("plan_id", planId))
                .toList();
    }

    private static String text(StreamEntry entry, String field) {
        return entry.text(field).orElse("(absent)");
    }
}
