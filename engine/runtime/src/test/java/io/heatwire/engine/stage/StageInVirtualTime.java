package io.heatwire.engine.stage;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.Operator;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.commit.CommitScript;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import reactor.core.publisher.Mono;
import reactor.test.scheduler.VirtualTimeScheduler;

/** What tests of a stage over a scripted link begin and end with. */
abstract class StageInVirtualTime {

    static final SourcePlan.FromStream SOURCE =
            new SourcePlan.FromStream("in", "g", "c", 10, 100, 3_600_000, 16, Map.of());

    static final Owner OWNER = Owner.ofThisProcess();

    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ScriptedLink link = new ScriptedLink();
    final RedisClock clock = RedisClock.from(this::now);
    VirtualTimeScheduler time;

    @BeforeEach
    void freezeTime() {
        time = VirtualTimeScheduler.getOrSet();
        link.clock = this::now;
    }

    @AfterEach
    void releaseTime() {
        VirtualTimeScheduler.reset();
    }

    long now() {
        return time.now(TimeUnit.MILLISECONDS);
    }

    Stage stage(StagePlan plan, Operator operator) {
        return Stage.of(plan, operator, new MeterBook(registry), new StageStatus(), clock, time);
    }

    StreamEpoch copying() {
        StagePlan plan = TestOperators.copyStage(SOURCE, Map.of());
        EventOperator operator = (EventOperator) plan.spec().factory().apply(plan.config());
        Stage stage = stage(plan, operator);
        return new StreamEpoch(stage, SOURCE, operator, new CommitLane(stage, new CommitScript(plan, true, Map.of())));
    }

    StageRunner runner() {
        return runner(TestOperators.copyStage(SOURCE, Map.of()));
    }

    StageRunner runner(StagePlan plan) {
        return StageRunner.of(
                plan, Map.of(), (source, script) -> Mono.just(link), new MeterBook(registry), clock, OWNER);
    }
}
