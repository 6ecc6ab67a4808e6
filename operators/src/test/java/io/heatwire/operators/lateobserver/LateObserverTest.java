package io.heatwire.operators.lateobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.PollingOperator.End;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.OperatorWorld;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LateObserverTest {

    private static final long NOW = 1_769_638_202_000L;

    private final OperatorWorld world = new OperatorWorld();
    private final PollingOperator observer = operator(Map.of());
    private final Event plan = world.event(Map.of("plan_id", "p1", "symbol", "BTCUSDT", "decision", "SKIP"));

    @Test
    void waitsForTheKeyOfThePlanAndLooksAtItsMarkerFirst() {
        assertThat(observer.awaited(plan).key()).isEqualTo("quantum:harvest:heat:by_plan:p1");
        assertThat(observer.decidedBefore(plan).key()).isEqualTo("quantum:dedupe:p28:publish_plan_post:p1");
        assertThat(observer.schedule()).isEqualTo(new PollingOperator.Schedule(2000, 100, 200, 4));
    }

    @Test
    void startsWithTheLineThatOperatorsLookFor() {
        observer.onStart().forEach(world::record);

        assertThat(world.log)
                .containsExactly(
                        "INFO P2.8A.3 Late Observer: True (wait=2000ms, poll=100ms, workers=4, max_inflight=200)");
    }

    @Test
    void aKeyThatCameIsOkAtTheLastLookToo() {
        world.apply(observer.decide(plan, End.TIMEOUT, new Answer.Fields(Map.of("heat_level", "hot")), NOW));

        assertThat(event())
                .containsEntry("heat_found", "1")
                .containsEntry("heat_reason", "ok")
                .containsEntry("apply_decision", "SKIP")
                .containsEntry("ts_epoch", "1769638202");
    }

    @ParameterizedTest
    @CsvSource({"FOUND, missing", "TIMEOUT, timeout", "REDIS_ERROR, redis_error"})
    void withoutAKeyTheEndOfTheWaitIsTheReason(End end, String reason) {
        world.apply(observer.decide(plan, end, Answer.MISSING, NOW));

        assertThat(event()).containsEntry("heat_found", "0").containsEntry("heat_reason", reason);
    }

    @ParameterizedTest
    @CsvSource({"WRONG_TYPE", "NOT_UTF8"})
    void aKeyThatCannotBeUsedIsAParseError(Answer.Failure failure) {
        world.apply(observer.decide(plan, End.FOUND, new Answer.Failed(failure, ""), NOW));

        assertThat(event()).containsEntry("heat_found", "0").containsEntry("heat_reason", "parse_error");
    }

    @Test
    void aPlanIsToldOnce() {
        world.apply(observer.decide(plan, End.TIMEOUT, Answer.MISSING, NOW));
        world.apply(observer.decide(plan, End.TIMEOUT, Answer.MISSING, NOW));

        assertThat(world.streams.get("observed")).hasSize(1);
        assertThat(world.meters)
                .containsEntry("p28_heat_reason_total{obs_point=\"publish_plan_post\",reason=\"timeout\"}", 1.0);
    }

    @Test
    void aPlanWithoutAPlaceIsCountedAndNotTold() {
        world.apply(observer.dropped(plan));
        world.apply(observer.duplicate(plan));

        assertThat(world.meters).containsOnly(Map.entry("p28_late_obs_dropped_total", 1.0));
        assertThat(world.streams).isEmpty();
    }

    @Test
    void switchedOffItLooksOnceAndTellsNothing() {
        PollingOperator off = operator(Map.of("P28_LATE_OBS_ENABLED", "no"));

        off.onStart().forEach(world::record);
        world.apply(off.decide(plan, End.TIMEOUT, Answer.MISSING, NOW));
        world.apply(off.dropped(plan));

        assertThat(off.schedule().maxWaitMs()).isZero();
        assertThat(world.streams).isEmpty();
        assertThat(world.meters).isEmpty();
        assertThat(world.log.get(0)).startsWith("INFO P2.8A.3 Late Observer: False (");
    }

    @ParameterizedTest
    @CsvSource({"POLL_MS, 0", "POLL_MS, -1", "MAX_WORKERS, 0", "MAX_INFLIGHT, 0", "MAX_WAIT_MS, -5"})
    void boundsThatLoseEveryPlanAreRefused(String name, String text) {
        assertThatThrownBy(() -> operator(Map.of("P28_LATE_OBS_" + name, text)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Map<String, String> event() {
        return world.streams.get("observed").get(0).fields();
    }

    private static PollingOperator operator(Map<String, String> env) {
        return (PollingOperator)
                LateObserverSpec.SPEC.factory().apply(EnvConfig.of(LateObserverSpec.SPEC, env, Map.of()));
    }
}
