package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What clocks can do. Nothing but ages and deadlines may depend on them. */
@FaultSuite
class ClockFaultsIT {

    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    @Fault(
            what =
                    "the clock of Redis jumps an hour forward, then an hour back, while a dead consumer's entries wait to be"
                            + " taken over",
            control = Sabotage.WITHOUT_RECLAIM)
    void theClockOfRedisJumps(Trial trial) {
        AtomicLong jumpMs = new AtomicLong();
        RedisClock jumping = RedisClock.only(() -> System.currentTimeMillis() + jumpMs.get());
        try (Bench bench = trial.bench(Setup.several())) {
            bench.engine("a", jumping, event -> {});
            bench.awaitEffects(100);
            jumpMs.set(HOUR_MS);
            Pause.ms(600);
            jumpMs.set(0);
            bench.redis(
                    "XREADGROUP", "GROUP", Tuning.GROUP, "dead", "COUNT", "5", "BLOCK", "5000", "STREAMS", "in", ">");
            bench.await("the take-over", () -> bench.pendingOf("dead") == 0);
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the clock of the machine the engine runs on jumps an hour forward and two back",
            control = Sabotage.BELIEVES_ITS_OWN_CLOCK)
    void theClockOfTheMachineJumps(Trial trial) {
        AtomicLong jumpMs = new AtomicLong();
        RedisClock clock = trial.sabotage() == Sabotage.BELIEVES_ITS_OWN_CLOCK
                ? RedisClock.only(() -> System.currentTimeMillis() + jumpMs.get())
                : RedisClock.from(() -> System.currentTimeMillis() + jumpMs.get());
        try (Bench bench = trial.bench(Setup.several())) {
            InProcess engine = bench.engine("a", clock, event -> {});
            for (long jump : new long[] {HOUR_MS, -HOUR_MS}) {
                bench.awaitEffects(100);
                jumpMs.set(jump);
                bench.await(
                        "a lag that is right again",
                        () -> engine.health().lagMs() >= 0
                                && engine.health().lagMs() < HOUR_MS / 2
                                && engine.health().lastLoopEpochS() * 1000 - System.currentTimeMillis() < HOUR_MS / 2
                                && System.currentTimeMillis() - engine.health().lastLoopEpochS() * 1000 < HOUR_MS / 2);
            }
            bench.redis(
                    "XREADGROUP", "GROUP", Tuning.GROUP, "dead", "COUNT", "5", "BLOCK", "5000", "STREAMS", "in", ">");
            bench.await("the take-over", () -> bench.pendingOf("dead") == 0);
            trial.judge(bench);
        }
    }

    @Fault(
            what = "an entry with an id an hour in the future; all later ids follow it",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void idsRunAheadOfTheClock(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            InProcess engine = bench.engine("a");
            bench.awaitEffects(100);
            EntryId ahead = new EntryId(System.currentTimeMillis() + HOUR_MS, 0);
            bench.redis("XADD", "in", ahead.toString(), "n", "ahead", "payload", "");
            bench.feeder().accepted().put(ahead, "ahead");
            bench.awaitEffects(200);
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            bench.check(
                    engine.health().lagMs() < HOUR_MS / 2,
                    "a lag of " + engine.health().lagMs() + " ms");
            trial.judge(bench);
        }
    }
}
