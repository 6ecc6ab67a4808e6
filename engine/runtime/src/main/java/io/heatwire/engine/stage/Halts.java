package io.heatwire.engine.stage;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;

/** Says why a stage stands still and what a person can do about it. */
final class Halts {

    private static final String OTHERWISE = ", or set on_poison: dead and restart to move it to the dead letters";

    private Halts() {}

    static String explain(StagePlan plan, EntryId id, String reason) {
        String advice =
                reason.startsWith(Intake.TOO_MANY_DELIVERIES) && plan.source() instanceof SourcePlan.FromStream from
                        ? "to have it tried again, mend what it does and run XCLAIM " + from.key() + " " + from.group()
                                + " " + from.consumer() + " 0 " + id + " RETRYCOUNT 0 JUSTID"
                        : "mend the cause";
        return "halted at " + id + ": " + reason + "; nothing behind it is processed; " + advice
                + ", and the stage goes on by itself (it looks again every few seconds)" + OTHERWISE;
    }
}
