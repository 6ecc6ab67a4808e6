package io.heatwire.engine.faults;

/** What happens when somebody is too slow. Every buffer is bounded. */
@FaultSuite
class PressureFaultsIT {

    private static final int CAP = 400;

    /** One batch being committed, one waiting, one being read. */
    private static final int IN_HAND = 3 * 50;

    @Fault(
            what = "the reader of the output stops for a while; the output is capped, so the stage waits: FULL",
            control = Sabotage.WITHOUT_CAP,
            controlInCi = true)
    void theReaderBehindStopsForAWhile(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().cap(CAP).fedBy(new Feeder.Pace(5, 20)))) {
            InProcess engine = bench.engine("a");
            InProcess reader = bench.behind("b");
            bench.await("effects at the end", () -> bench.redisNumber("XLEN", Bench.END) > 200);
            bench.begin();
            bench.stopped(reader);
            long most = 0;
            for (int look = 0; look < trial.times(60); look++) {
                most = Math.max(most, bench.redisNumber("XLEN", "out"));
                Pause.ms(50);
            }
            bench.check(most <= CAP, "the output grew to " + most + " entries, its cap is " + CAP);
            bench.check(engine.health().waiting().equals("FULL"), "the stage does not wait for room");
            bench.check(engine.tap().mostHeld() <= IN_HAND, engine.tap().mostHeld() + " entries in memory");
            bench.behind("b");
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the operator takes a millisecond for each entry, slower than entries come",
            control = Sabotage.READS_WITHOUT_BOUND)
    void theOperatorIsSlowerThanEntriesCome(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().fedBy(new Feeder.Pace(20, 10)))) {
            InProcess engine = bench.engine("a", event -> Manner.spin());
            bench.begin();
            bench.awaitEffects(trial.times(1500));
            bench.check(engine.tap().mostHeld() <= IN_HAND, engine.tap().mostHeld() + " entries in memory");
            bench.feeder().pace(new Feeder.Pace(1, 20));
            trial.judge(bench);
        }
    }
}
