package io.heatwire.engine.faults;

import io.heatwire.engine.faults.Wire.Deed;
import java.util.concurrent.atomic.AtomicInteger;

/** What can happen to the engine processes. */
@FaultSuite
class ProcessFaultsIT {

    @Fault(
            what = "kill -9 between a read and the operator; another consumer is there",
            control = Sabotage.WITHOUT_RECLAIM)
    void anEngineIsKilledAfterARead(Trial trial) {
        killedAt(trial, Manner.HALTS_AFTER_READ);
    }

    @Fault(
            what = "kill -9 while the operator is at an entry; another consumer is there",
            control = Sabotage.WITHOUT_RECLAIM,
            controlInCi = true)
    void anEngineIsKilledInTheOperator(Trial trial) {
        killedAt(trial, Manner.HALTS_IN_THE_OPERATOR);
    }

    @Fault(what = "kill -9 just before a commit; another consumer is there", control = Sabotage.WITHOUT_RECLAIM)
    void anEngineIsKilledBeforeACommit(Trial trial) {
        killedAt(trial, Manner.HALTS_BEFORE_COMMIT);
    }

    @Fault(
            what = "kill -9 just after the reply to a commit, with a batch read ahead; another consumer is there",
            control = Sabotage.WITHOUT_RECLAIM)
    void anEngineIsKilledAfterTheReplyToACommit(Trial trial) {
        killedAt(trial, Manner.HALTS_AFTER_REPLY);
    }

    private static void killedAt(Trial trial, Manner manner) {
        try (Bench bench = trial.bench(Setup.several())) {
            OwnProcess victim = bench.process("victim", manner);
            bench.await("the end of the victim", () -> !victim.isAlive(), Trial.STARTING);
            bench.begin();
            bench.engine("b");
            bench.killed(victim);
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "kill -9 after Redis has carried out a commit and before its reply arrives; it starts again under its name",
            control = Sabotage.ACKNOWLEDGES_AFTERWARDS)
    void anEngineIsKilledWhileItsCommitIsUnderWay(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().onAWire())) {
            AtomicInteger replies = new AtomicInteger();
            bench.wire()
                    .tamper((asked, entries) ->
                            isOfACommit(asked, entries) && replies.incrementAndGet() >= 6 ? Deed.SWALLOW : Deed.PASS);
            OwnProcess victim = bench.process("a", Manner.STEADY);
            bench.await("a commit whose reply is held back", () -> replies.get() >= 6, Trial.STARTING);
            bench.begin();
            bench.killed(victim);
            bench.wire().mend();
            bench.engine("a");
            trial.judge(bench);
        }
    }

    /** The scripts that lease the name are asked the same way, but answer one word; a commit answers a number for each entry. */
    private static boolean isOfACommit(String asked, boolean several) {
        return asked.equals("EVALSHA") && several;
    }

    @Fault(
            what = "kill -9 in the operator, then the same consumer name starts again and nobody else is there",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void anEngineIsKilledAndStartsAgainUnderItsName(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            OwnProcess victim = bench.process("a", Manner.HALTS_IN_THE_OPERATOR);
            bench.await("the end of the victim", () -> !victim.isAlive(), Trial.STARTING);
            bench.begin();
            bench.killed(victim);
            bench.engine("a");
            trial.judge(bench);
        }
    }

    @Fault(
            what = "SIGSTOP in mid-batch until another consumer has taken its entries over, then SIGCONT",
            control = Sabotage.WITHOUT_GATE,
            controlInCi = true)
    void aFrozenEngineWakesAfterItsEntriesWereTakenOver(Trial trial) {
        try (Bench bench = trial.bench(Setup.several())) {
            OwnProcess zombie = bench.process("zombie", Manner.SLOW);
            bench.await("the first effects", () -> bench.effects() > 50, Trial.STARTING);
            bench.engine("b");
            for (int round = 0; round < trial.times(3); round++) {
                bench.await("entries in the zombie's hands", () -> bench.pendingOf("zombie") > 0);
                bench.begin();
                zombie.signal("STOP");
                bench.await("the take-over", () -> bench.pendingOf("zombie") == 0);
                zombie.signal("CONT");
                bench.awaitEffects(200);
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what = "two engines are given the same consumer name; the second stands by as long as the first lives",
            control = Sabotage.WITHOUT_LEASE)
    void twoEnginesHaveTheSameConsumerName(Trial trial) {
        try (Bench bench = trial.bench(Setup.several())) {
            bench.engine("twin");
            bench.awaitEffects(100);
            bench.begin();
            InProcess second = bench.engine("twin");
            for (int round = 0; round < trial.times(3); round++) {
                bench.awaitEffects(200);
                bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            bench.check(
                    second.account().read() == 0,
                    "the second one read " + second.account().read() + " entries");
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "two engines under the same consumer name, whose lease is deleted again and again: both read each other's"
                            + " entries",
            control = Sabotage.WITHOUT_GATE_AND_LEASE)
    void twoEnginesShareAConsumerNameWithoutALease(Trial trial) {
        try (Bench bench = trial.bench(Setup.several())) {
            bench.engine("twin");
            bench.awaitEffects(100);
            bench.begin();
            bench.engine("twin");
            for (int round = 0; round < trial.times(6); round++) {
                bench.awaitEffects(150);
                bench.redis("DEL", "in:consumer:g:twin");
                bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "three engines of one group are stopped and started again one after another, one of them with kill -9",
            control = Sabotage.WITHOUT_RECLAIM)
    void enginesAreRolledOneAfterAnotherUnderLoad(Trial trial) {
        try (Bench bench = trial.bench(Setup.several())) {
            Running first = bench.engine("a");
            Running second = bench.engine("b");
            OwnProcess third = bench.process("c", Manner.SLOW);
            bench.await("work in the third", () -> bench.pendingOf("c") > 0, Trial.STARTING);
            bench.begin();
            bench.killed(third);
            for (int round = 0; round < trial.times(2); round++) {
                bench.stopped(first);
                first = bench.engine("a");
                bench.awaitEffects(200);
                bench.stopped(second);
                second = bench.engine("b");
                bench.awaitEffects(200);
            }
            trial.judge(bench);
        }
    }
}
