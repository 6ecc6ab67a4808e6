package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What clocks can do. Nothing but ages and deadlines may depend on them. */
@FaultSuite
class ClockFaultsIT {

    private static final long HOUR_SECONDS = Duration.ofHours(1).toSeconds();

    @Fault(
            what =
                    "the clock of Redis is set an hour ahead and back again, then a consumer dies whose entries wait to be"
                            + " taken over",
            control = Sabotage.WITHOUT_RECLAIM)
    void theClockOfRedisIsSet(Trial trial) {
        try (Bench bench = trial.bench(Setup.several().onAWire())) {
            InProcess engine = bench.engine("a");
            bench.awaitEffects(100);
            bench.begin();
            bench.wire().setClockAhead(HOUR_SECONDS);
            bench.await("an engine that follows it", () -> secondsAhead(engine) > HOUR_SECONDS / 2);
            bench.wire().setClockAhead(0);
            bench.await("an engine that follows it back", () -> secondsAhead(engine) < HOUR_SECONDS / 2);
            dies(bench);
            bench.await("the take-over", () -> bench.pendingOf("dead") == 0);
            trial.judge(bench);
        }
    }

    /** By the time of the last turn, which is told by the clock of Redis. */
    private static long secondsAhead(InProcess engine) {
        return engine.health().lastLoopEpochS() - System.currentTimeMillis() / 1000;
    }

    private static void dies(Bench bench) {
        bench.redis("XREADGROUP", "GROUP", Tuning.GROUP, "dead", "COUNT", "5", "BLOCK", "5000", "STREAMS", "in", ">");
    }

    @Fault(
            what = "the clock of the machine the engine starts on is an hour behind that of Redis",
            control = Sabotage.BELIEVES_ITS_OWN_CLOCK)
    void theClockOfTheMachineIsWrong(Trial trial) {
        LongSupplier behind = () -> System.currentTimeMillis() - 1000 * HOUR_SECONDS;
        RedisClock clock =
                trial.sabotage() == Sabotage.BELIEVES_ITS_OWN_CLOCK ? RedisClock.only(behind) : RedisClock.from(behind);
        try (Bench bench = trial.bench(Setup.several())) {
            bench.begin();
            InProcess engine = bench.engine("a", clock, event -> {});
            bench.await("a time that is right", () -> Math.abs(secondsAhead(engine)) < HOUR_SECONDS / 2);
            bench.awaitEffects(100);
            dies(bench);
            bench.await("the take-over", () -> bench.pendingOf("dead") == 0);
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "an entry with an id an hour in the future, all later ids follow it; connections are killed meanwhile",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void idsRunAheadOfTheClock(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            InProcess engine = bench.engine("a");
            bench.awaitEffects(100);
            EntryId ahead = new EntryId(System.currentTimeMillis() + 1000 * HOUR_SECONDS, 0);
            bench.redis("XADD", "in", ahead.toString(), "n", "ahead", "payload", "");
            bench.feeder().accepted().put(ahead, "ahead");
            bench.begin();
            for (int round = 0; round < trial.times(8); round++) {
                bench.awaitEffects(100);
                bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            bench.check(
                    engine.health().lagMs() < 500 * HOUR_SECONDS,
                    "a lag of " + engine.health().lagMs() + " ms");
            trial.judge(bench);
        }
    }
}
