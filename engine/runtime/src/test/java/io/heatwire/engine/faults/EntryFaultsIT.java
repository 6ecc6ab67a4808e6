package io.heatwire.engine.faults;

import java.util.List;

/** What can be wrong with the entries themselves. */
@FaultSuite
class EntryFaultsIT {

    @Fault(
            what = "now and then an entry the operator throws at, among good ones",
            control = Sabotage.WITHOUT_BURIAL,
            controlInCi = true)
    void poisonEntriesComeAmongGoodOnes(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            bench.engine("a");
            for (int round = 0; round < trial.times(15); round++) {
                bench.begin();
                bench.feeder().slipIn("poison");
                bench.awaitEffects(40);
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what = "an entry that kills the process whenever it is read; the process is started again each time",
            control = Sabotage.WITHOUT_BURIAL)
    void anEntryKillsTheProcessEachTime(Trial trial) {
        Setup setup = Setup.alone()
                .maxDeliveries(7)
                .promise(Promise.IN_ORDER.withDead(number -> number.startsWith(Manner.DEADLY)));
        try (Bench bench = trial.bench(setup)) {
            bench.feeder().pace(new Feeder.Pace(5, 50));
            OwnProcess engine = bench.process("a", Manner.DIES_OF_DEADLY);
            bench.await("the first effects", () -> bench.effects() > 20, Trial.STARTING);
            bench.begin();
            bench.feeder().slipIn(Manner.DEADLY);
            for (int starts = 0; bench.redisNumber("XLEN", bench.tuning().dead()) == 0 && starts < 20; starts++) {
                OwnProcess running = engine;
                bench.await(
                        "its death or a dead letter",
                        () -> !running.isAlive()
                                || bench.redisNumber("XLEN", bench.tuning().dead()) > 0,
                        Trial.STARTING);
                if (!running.isAlive()) {
                    bench.killed(running);
                    engine = bench.process("a", Manner.DIES_OF_DEADLY);
                }
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "XDEL of entries that are pending, then their reader's connections are lost: bodies are nil at the re-read",
            control = Sabotage.WITHOUT_LOSS_ACCOUNT,
            controlInCi = true)
    void pendingEntriesLoseTheirBodies(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(Setup.alone().promise(Promise.IN_ORDER.withLoss()))) {
            bench.engine("a", hold);
            bench.awaitEffects(200);
            bench.holdInABatch(hold, 30);
            List<?> pending = (List<?>) bench.redis("XPENDING", "in", Tuning.GROUP, "-", "+", "10");
            for (Object row : pending) {
                bench.redis("XDEL", "in", String.valueOf(((List<?>) row).get(0)));
            }
            bench.begin();
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            hold.open();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }
}
