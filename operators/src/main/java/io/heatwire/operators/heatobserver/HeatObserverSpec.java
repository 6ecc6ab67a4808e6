package io.heatwire.operators.heatobserver;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Setting;
import java.util.List;

/** The one declaration of the heat observer. */
public final class HeatObserverSpec {

    /** What the wiring, the engine and the reference know of it. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "heat_observer",
            "Looks up at once whether a plan's heat decision is there, and tells it",
            OperatorSpec.Kind.STREAM,
            ObservationSpec.INPUT,
            List.of(
                    Setting.flag("heat_obs_enabled", true, "P28_HEAT_OBS_ENABLED", "Off lets entries pass unobserved"),
                    ObservationSpec.obsPoint(ObservedEvent.RECONCILE_CLOSE_CONSUME),
                    ObservationSpec.DEDUPE_TTL_SEC,
                    ObservationSpec.MAX_DEBUG_CHARS),
            List.of(ObservedEvent.OUTPUT),
            List.of(ObservationSpec.BY_PLAN, ObservationSpec.DEDUPE),
            ObservedEvent.METERS,
            OperatorSpec.Duties.NONE,
            ObservationSpec::check,
            HeatObserver::new);

    private HeatObserverSpec() {}
}
