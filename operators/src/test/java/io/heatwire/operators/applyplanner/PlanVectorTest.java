package io.heatwire.operators.applyplanner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.declare.Setting;
import io.heatwire.operators.world.GoldenVectors;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The recorded apply cycles. Every case is run and compared with {@link PlanModel}; where no {@link PlanDeparture} applies the
 * recorded answer is compared too, so that the model cannot agree with a mistake.
 */
class PlanVectorTest {

    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> LATER_BAND = Map.of("warning_band", "thresholds");

    /** Variables of the apply service that belong to the stage or to another operator, as what they are. */
    private static final List<Setting> ELSEWHERE = Stream.of(
                    "APPLY_POLL_SEC",
                    "P28_LATE_OBS_MAX_WAIT_MS",
                    "P28_LATE_OBS_POLL_MS",
                    "P28_LATE_OBS_MAX_WORKERS",
                    "P28_LATE_OBS_MAX_INFLIGHT",
                    "APPLY_PERMIT_WAIT_MS",
                    "APPLY_PERMIT_STEP_MS",
                    "UNIVERSE_CACHE_SECONDS")
            .map(env -> Setting.integer(env, 1, env, 0, Integer.MAX_VALUE, ""))
            .toList();

    private static final List<Setting> DECIMALS_ELSEWHERE = Stream.of("QTY_SCALE_ALPHA", "QTY_SCALE_MIN")
            .map(env -> Setting.decimal(env, 1, env, -1000, 1000, ""))
            .toList();

    @TestFactory
    Stream<DynamicTest> plansLikeTheReferenceExceptWhereTheDocsSayOtherwise() {
        return GoldenVectors.tests("plan.jsonl", vector -> true, vector -> check(new PlanCase(vector)));
    }

    @Test
    void comparesMostCasesWithTheRecordItself() {
        List<PlanCase> cases =
                GoldenVectors.cases("plan.jsonl").stream().map(PlanCase::new).toList();
        Assumptions.assumeFalse(cases.isEmpty(), "SKIPPED: golden vectors not found");
        long compared = cases.stream()
                .filter(given -> !given.vector().expect().has("init_error"))
                .map(PlanRecord::new)
                .filter(recorded -> recorded.isOurs(false) || recorded.isOurs(true))
                .count();
        assertThat(compared).isGreaterThan(cases.size() * 2L / 3);
    }

    private static void check(PlanCase given) {
        if (PlanExpectation.refused(given.vector())) {
            refusesToStart(given);
            return;
        }
        run(given, false);
        if (given.isCalibrated()) {
            run(given, true);
        }
        PlanRecord recorded = new PlanRecord(given);
        if (recorded.isLaterOnly() && recorded.isOurs(true)) {
            PlanRun run = cycles(given, LATER_BAND, given.isCalibrated(), null);
            PlanExpectation.isAsRecorded(run.world, recorded);
            isLoggedAsRecorded(run, recorded);
        }
    }

    private static void refusesToStart(PlanCase given) {
        assertThatThrownBy(() -> {
                    readElsewhere(given.env());
                    PlanRun.planner(given.env(), NOTHING);
                })
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static void readElsewhere(Map<String, String> env) {
        Stream.concat(ELSEWHERE.stream(), DECIMALS_ELSEWHERE.stream())
                .filter(setting -> env.containsKey(setting.env()))
                .forEach(setting -> setting.parse(env.get(setting.env())));
    }

    private static void run(PlanCase given, boolean calibrated) {
        PlanRun run = agreesWithTheModel(given, calibrated);
        PlanRecord recorded = new PlanRecord(given);
        if (recorded.isOurs(false) && calibrated == given.isCalibrated()) {
            PlanExpectation.isAsRecorded(run.world, recorded);
            isLoggedAsRecorded(run, recorded);
        }
    }

    /**
     * Runs planner and model side by side.
     *
     * @param calibrated whether a calibration in the proposal hash is delivered under its own key as well
     */
    static PlanRun agreesWithTheModel(PlanCase given, boolean calibrated) {
        PlanModel model = new PlanModel(given);
        PlanRun run = cycles(given, NOTHING, calibrated, model);
        PlanExpectation.isAsModelled(run.world, model);
        return run;
    }

    /** The planner, and the model beside it, through all cycles of the case. */
    private static PlanRun cycles(
            PlanCase given, Map<String, String> extra, boolean calibrated, @Nullable PlanModel model) {
        PlanRun run = new PlanRun(given, extra);
        List<PlanRedis> both = model == null ? List.of(run.redis) : List.of(run.redis, model.redis);
        both.forEach(given::prepare);
        if (calibrated) {
            both.forEach(given::calibrate);
        }
        for (int cycle = 1; cycle <= given.cycles(); cycle++) {
            run.cycle();
            if (model != null) {
                model.cycle();
            }
            for (var command : given.after(cycle)) {
                both.forEach(redis -> redis.run(command));
            }
        }
        return run;
    }

    private static void isLoggedAsRecorded(PlanRun run, PlanRecord recorded) {
        if (!recorded.isLaterOnly()) {
            assertThat(PlanRecord.grepped(run.world.log)).isEqualTo(recorded.greppedLog());
        }
    }
}
