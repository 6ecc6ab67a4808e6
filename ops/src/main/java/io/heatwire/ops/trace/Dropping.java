package io.heatwire.ops.trace;

import io.heatwire.contract.declare.Footprint.Passing;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.Optional;

/** Whether a stage may have ended an event on purpose: by what its operator declares, or by a guard that stood in the way. */
final class Dropping {

    private Dropping() {}

    /**
     * Why an output may rightly hold nothing of the id: words to be put behind "it may drop", perhaps none; empty when nothing the
     * stage declares explains it.
     *
     * @param atMs when the event came to the stage
     * @param lifeMs how long what is written at the output lives, in ms; -1 for ever
     */
    static Optional<String> reason(Evidence evidence, StagePlan stage, long atMs, long lifeMs) {
        if (stage.spec().footprintOf(stage.config()).passing() == Passing.PERHAPS_TO_NONE) {
            return Optional.of("");
        }
        return stage.spec().lookUps().stream()
                .filter(lookUp -> lookUp.type() == LookUpSpec.Type.MARKER)
                .flatMap(marker -> guard(evidence, stage, marker.port(), atMs, lifeMs).stream())
                .findFirst()
                .map(name -> ", by its guard " + name);
    }

    private static Optional<String> guard(Evidence evidence, StagePlan stage, String port, long atMs, long lifeMs) {
        KeyTemplate template = stage.config().keys().get(port);
        if (template == null) {
            return Optional.empty();
        }
        if (!template.variables().contains(evidence.request().field())) {
            // Another event may have set it.
            return Optional.of(port);
        }
        List<KeyFound> markers = evidence.keys().stream()
                .filter(key -> key.isMarker() && key.writer().equals(stage.name()))
                .filter(key -> key.key().startsWith(template.parts().get(0)))
                .toList();
        return markers.stream()
                .filter(marker -> marker.isThere() ? stoodBefore(marker, atMs) : mayHaveOutlived(marker, lifeMs))
                .map(KeyFound::name)
                .findFirst();
    }

    /** A guard that the event itself has set has let it through. */
    private static boolean stoodBefore(KeyFound marker, long atMs) {
        return marker.writtenMs() < atMs;
    }

    /** Who set the guard has written the output, too: while the output lives longer than the guard, a skipped event does not explain that it is gone. */
    private static boolean mayHaveOutlived(KeyFound marker, long lifeMs) {
        return marker.lifeMs() <= 0 || (lifeMs > 0 && marker.lifeMs() >= lifeMs);
    }
}
