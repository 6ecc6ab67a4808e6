package io.heatwire.engine.stage;

import io.heatwire.contract.Operator;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.time.RedisClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.scheduler.Scheduler;

/**
 * What the parts of one stage share.
 *
 * @param clock Unix time in ms by the clock of Redis
 * @param worker the one thread that decides
 */
record Stage(
        StagePlan plan,
        Operator operator,
        MeterBook book,
        StageStatus status,
        RedisClock clock,
        Scheduler worker,
        Logger log) {

    static Stage of(
            StagePlan plan, Operator operator, MeterBook book, StageStatus status, RedisClock clock, Scheduler worker) {
        return new Stage(
                plan, operator, book, status, clock, worker, LoggerFactory.getLogger("heatwire." + plan.name()));
    }

    String name() {
        return plan.name();
    }

    /** By the clock of Redis, in Unix ms; may jump when that is set. */
    long now() {
        return clock.getAsLong();
    }

    /** Never jumps, in ms from an arbitrary beginning. */
    long steadyMs() {
        return clock.steadyMs();
    }
}
