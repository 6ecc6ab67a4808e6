package io.heatwire.operators.lateobserver;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.Timing;
import io.heatwire.operators.heatobserver.ObservationSpec;
import io.heatwire.operators.heatobserver.ObservedEvent;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The one declaration of the late observer. */
public final class LateObserverSpec {

    static final MeterSpec DROPPED = MeterSpec.counter(
            "p28_late_obs_dropped_total", "Plans that found no free place and were acknowledged unobserved");

    private static final long HOUR_MS = 3_600_000;

    /** What the wiring, the engine and the reference know of it. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "late_observer",
            "Waits within bounds for a published plan's heat decision, and tells whether it came",
            OperatorSpec.Kind.LATE,
            ObservationSpec.INPUT,
            List.of(
                    Setting.flag("enabled", true, "P28_LATE_OBS_ENABLED", "Off lets plans pass unobserved"),
                    Setting.integer(
                                    "max_wait_ms",
                                    2000,
                                    "P28_LATE_OBS_MAX_WAIT_MS",
                                    0,
                                    HOUR_MS,
                                    "How long to wait from the plan's publication, in ms")
                            .timing(Timing.longestWait("by_plan", TimeUnit.MILLISECONDS)),
                    Setting.integer("poll_ms", 100, "P28_LATE_OBS_POLL_MS", 1, HOUR_MS, "Time between two looks, in ms")
                            .timing(Timing.poll("by_plan", TimeUnit.MILLISECONDS)),
                    Setting.integer(
                            "max_workers",
                            4,
                            "P28_LATE_OBS_MAX_WORKERS",
                            1,
                            1024,
                            "How many look-up commands may be under way at once"),
                    Setting.integer(
                            "max_inflight",
                            200,
                            "P28_LATE_OBS_MAX_INFLIGHT",
                            1,
                            1_000_000,
                            "How many plans may wait at once; further ones are dropped and counted"),
                    ObservationSpec.obsPoint(ObservedEvent.PUBLISH_PLAN_POST),
                    ObservationSpec.DEDUPE_TTL_SEC,
                    ObservationSpec.MAX_DEBUG_CHARS),
            List.of(ObservedEvent.OUTPUT),
            List.of(ObservationSpec.BY_PLAN, ObservationSpec.DEDUPE),
            Stream.concat(ObservedEvent.METERS.stream(), Stream.of(DROPPED)).toList(),
            OperatorSpec.Duties.NONE,
            ObservationSpec::check,
            LateObserver::new);

    private LateObserverSpec() {}
}
