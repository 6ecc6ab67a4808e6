package io.heatwire.ops.verify;

import io.heatwire.contract.declare.Output;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.stream.Stream;

/**
 * A point of observation.
 *
 * @param stage who observes there
 * @param name what the stage calls it
 * @param stream where the observations are written
 */
record Point(String stage, String name, String stream) {

    private static final List<String> FIELDS = List.of("obs_point", "heat_found", "heat_reason");

    /** The points at which a stage observes; none for most. */
    static Stream<Point> of(StagePlan stage) {
        return stage.spec().outputs().stream()
                .filter(Output.ToStream.class::isInstance)
                .map(Output.ToStream.class::cast)
                .filter(to -> to.fields().containsAll(FIELDS))
                .map(to -> new Point(stage.name(), name(stage), stage.streams().getOrDefault(to.port(), "")));
    }

    private static String name(StagePlan stage) {
        return stage.config().settings().get("obs_point") instanceof String point ? point : "create_apply_plan";
    }
}
