package io.heatwire.engine.faults;

import java.util.function.Consumer;

/** What people and programs can do to a stream and its group. */
@FaultSuite
class StreamFaultsIT {

    private static final int BATCH = 30;

    @Fault(
            what = "XGROUP DESTROY under load, three times; the group is created again where it stood",
            control = Sabotage.FORGETS_HOW_FAR_IT_WAS,
            controlInCi = true)
    void theGroupIsDestroyedUnderLoad(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().promise(Promise.IN_ORDER.inAnyOrder()))) {
            bench.engine("a");
            for (int round = 0; round < trial.times(3); round++) {
                bench.awaitEffects(200);
                bench.begin();
                bench.redis("XGROUP", "DESTROY", "in", Tuning.GROUP);
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what = "XGROUP DESTROY while a batch is in the operator's hands: it comes again, from the saved offset",
            control = Sabotage.WITHOUT_GATE)
    void theGroupIsDestroyedWithABatchInHand(Trial trial) {
        withABatchInHand(trial, Setup.alone().promise(Promise.IN_ORDER.inAnyOrder()), bench -> {
            bench.begin();
            bench.redis("XGROUP", "DESTROY", "in", Tuning.GROUP);
        });
    }

    @Fault(
            what = "DEL of the stream while its reader is blocked; entries follow at once under the old name",
            control = Sabotage.BEGINS_A_LOST_GROUP_AT_THE_END)
    void theStreamIsDeletedWhileItsReaderWaits(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            bench.engine("a");
            bench.awaitEffects(200);
            bench.quiet();
            bench.begin();
            bench.redis("EVAL", "redis.call('DEL', KEYS[1]) return 1", "1", "in");
            bench.addAtOnce(20);
            bench.feeder().resume();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "FLUSHALL while a commit is on its way: nothing of it may appear in the new history",
            control = Sabotage.WITHOUT_GATE,
            controlInCi = true)
    void everythingIsFlushedWithACommitOnItsWay(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().onAWire().promise(Promise.IN_ORDER.rolledBack()))) {
            bench.engine("a");
            bench.awaitEffects(100);
            bench.wire().holdBack("EVALSHA");
            bench.await("a commit on its way", () -> bench.wire().isHoldingBack() && bench.pending() > 0);
            bench.feeder().pause();
            bench.begin();
            bench.redis("FLUSHALL");
            bench.wire().letGo();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "XGROUP SETID back by some entries: they come again by a person's will, none is missed, and it is counted",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void theGroupIsSetBack(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(Setup.alone().promise(Promise.IN_ORDER.withReplays()))) {
            InProcess engine = bench.engine("a", hold);
            bench.awaitEffects(200);
            bench.quiet();
            bench.begin();
            bench.redis(
                    "XGROUP",
                    "SETID",
                    "in",
                    Tuning.GROUP,
                    bench.feeder().accepted().firstKey().toString());
            bench.feeder().resume();
            bench.await("the alarm", () -> engine.counted("heatwire_group_rewound_total") >= 1);
            bench.holdInABatch(hold, BATCH);
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            hold.open();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "XTRIM below what is pending, while it is in the operator's hands: nothing is lost",
            control = Sabotage.TAKES_IDS_FOR_GONE)
    void theStreamIsTrimmedBelowWhatIsInHand(Trial trial) {
        withABatchInHand(trial, Setup.alone(), bench -> {
            bench.begin();
            bench.redis("XTRIM", "in", "MAXLEN", "0");
        });
    }

    @Fault(
            what =
                    "XTRIM below what is pending in one consumer's hands for longer than the idle time; another finds the bodies"
                            + " gone: counted as lost, and not applied by the first",
            control = Sabotage.WITHOUT_GATE)
    void trimmedEntriesAreTakenOverByAnotherConsumer(Trial trial) {
        withABatchInHand(
                trial, Setup.several().promise(Promise.IN_ORDER.inAnyOrder().withLoss()), bench -> {
                    bench.begin();
                    bench.redis("XTRIM", "in", "MAXLEN", "0");
                    bench.engine("b");
                    bench.await("what the other one makes of it", () -> bench.pending() == 0);
                });
    }

    @Fault(
            what = "XGROUP SETID forward over unread entries: skipped by a person's will, each one counted as lost",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void theGroupIsSetForward(Trial trial) {
        withABatchInHand(trial, Setup.alone().promise(Promise.IN_ORDER.withLoss()), bench -> {
            bench.addAtOnce(300);
            bench.awaitAccount();
            bench.begin();
            bench.redis("XGROUP", "SETID", "in", Tuning.GROUP, "$");
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        });
    }

    @Fault(
            what =
                    "XTRIM of entries nobody has read yet, and of those in hand as the connection is lost: each one is counted as lost",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void unreadEntriesAreTrimmed(Trial trial) {
        withABatchInHand(trial, Setup.alone().promise(Promise.IN_ORDER.withLoss()), bench -> {
            bench.addAtOnce(300);
            bench.awaitAccount();
            bench.begin();
            bench.redis("XTRIM", "in", "MAXLEN", "0");
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        });
    }

    @Fault(
            what =
                    "XGROUP DELCONSUMER of a consumer with a batch in hand, while another one is under load: each entry is counted"
                            + " as lost, and not applied",
            control = Sabotage.WITHOUT_GATE,
            controlInCi = true)
    void theConsumerIsDeletedWithPendingEntries(Trial trial) {
        withABatchInHand(
                trial, Setup.alone().promise(Promise.IN_ORDER.inAnyOrder().withLoss()), bench -> {
                    bench.engine("b");
                    bench.feeder().resume();
                    bench.awaitEffects(200);
                    bench.awaitAccount();
                    bench.begin();
                    bench.redis("XGROUP", "DELCONSUMER", "in", Tuning.GROUP, "a");
                    bench.awaitEffects(200);
                });
    }

    /** The operator of an engine stands still in a batch while this is done; then it goes on, and so does the feeder. */
    private static void withABatchInHand(Trial trial, Setup setup, Consumer<Bench> done) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(setup)) {
            bench.engine("a", hold);
            bench.awaitEffects(100);
            bench.holdInABatch(hold, BATCH);
            done.accept(bench);
            hold.open();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }
}
