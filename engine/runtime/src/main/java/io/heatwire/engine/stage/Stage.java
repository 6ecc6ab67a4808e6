package io.heatwire.engine.stage;

import io.heatwire.contract.Operator;
import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.metrics.EngineMeters;
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

    /** Whether the stage halted before this entry and said so: then it need not say it again. */
    boolean standsBefore(EntryId id) {
        return id.equals(status.haltedAt());
    }

    /** Everything up to here is settled: an earlier error is over, and a halt if it is behind. */
    void progressed(EntryId upTo) {
        EntryId halted = status.haltedAt();
        if (halted == null || halted.compareTo(upTo) <= 0) {
            progressed();
        }
    }

    /** There is nothing to do, or more was done than what was in the way: an earlier error is over, and so is a halt. */
    void progressed() {
        EntryId halted = status.haltedAt();
        status.progressed();
        if (halted != null) {
            log.info("goes on after its halt at {}", halted);
            book.record(EngineMeters.HALTED, 0, name());
            book.record(EngineMeters.UP, 1, name());
        }
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
