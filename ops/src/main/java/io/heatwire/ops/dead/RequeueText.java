package io.heatwire.ops.dead;

import io.heatwire.engine.dead.Requeued;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.stream.Collectors;

/** Says what became of a letter that was to be put back, and what to do where it stayed. */
public final class RequeueText {

    private RequeueText() {}

    /** One line without the id of the letter. */
    public static String of(StagePlan stage, Requeued requeued) {
        String input = stage.source() instanceof SourcePlan.FromStream from ? from.key() : "no stream";
        String group = stage.source() instanceof SourcePlan.FromStream from ? from.group() : "no group";
        List<String> detail = requeued.detail().stream().map(Escaped::plain).toList();
        String first = detail.isEmpty() ? "" : detail.get(0);
        return switch (requeued.result()) {
            case PUT_BACK -> "put back: entry " + first + " of " + input + " is pending again";
            case APPENDED -> "appended to " + input + " as " + first + ": the old entry has left the stream";
            case ABSENT -> "there is no such letter: put back or deleted before, or never written";
            case FOREIGN ->
                "stays: no stage wrote it, so nobody knows where it belongs; look at it with heatwire dead show";
            case EFFECTS_APPLIED ->
                "stays: its other effects were applied (" + first + "); --again applies all of them once more";
            case PENDING ->
                "stays: its entry is pending already, with consumer " + first + " of group " + group
                        + "; the stage decides it anew by itself";
            case NO_GROUP ->
                "stays: " + input + " has no group " + group
                        + "; start the stage once, which creates it, and give the command again";
            case OTHER_GROUPS ->
                "stays: entry " + first + " has left " + input
                        + ", and a new one would also be read by " + others(detail)
                        + "; --to-all-groups appends it all the same";
            case NO_FIELDS ->
                "stays: entry " + first + " had left " + input
                        + " before the letter was written, so its fields are lost; heatwire dead drop deletes the letter";
            case FULL ->
                "stays: " + input + " has reached its cap of " + first
                        + " entries; give the command again when its readers have caught up";
            case TOO_WIDE ->
                "stays: its entry has left " + input + ", and " + first
                        + " fields are more than a script can append; heatwire dead show --full shows them";
            case NO_INPUT -> "stays: stage " + stage.name() + " reads no stream; its next turn decides anew by itself";
        };
    }

    private static String others(List<String> detail) {
        List<String> groups = detail.subList(1, detail.size());
        return (groups.size() == 1 ? "group " : "groups ") + groups.stream().collect(Collectors.joining(", "));
    }
}
