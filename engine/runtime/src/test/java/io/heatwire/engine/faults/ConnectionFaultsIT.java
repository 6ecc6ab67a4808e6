package io.heatwire.engine.faults;

import io.heatwire.engine.faults.Wire.Deed;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** What can happen to the connections between an engine and its Redis. */
@FaultSuite
class ConnectionFaultsIT {

    private static final int IN_HAND = 30;

    @Fault(
            what =
                    "CLIENT KILL on every connection, eight times while commits are under way and once with a batch in hand",
            control = Sabotage.WITHOUT_OWN_PENDING,
            controlInCi = true)
    void everyConnectionIsKilledAgainAndAgain(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(Setup.alone())) {
            bench.engine("a", hold);
            for (int round = 0; round < trial.times(8); round++) {
                bench.awaitEffects(150);
                bench.begin();
                bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            bench.awaitEffects(150);
            bench.holdInABatch(hold, IN_HAND);
            bench.begin();
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            hold.open();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the reply to a read is lost with its connection, so that nobody knows what was delivered",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void theReplyToAReadIsSwallowedAndTheConnectionCloses(Trial trial) {
        tamperedReplies(trial, "XREADGROUP", Deed.SWALLOW_AND_CLOSE);
    }

    @Fault(
            what = "the reply to a commit is lost with its connection, so that its outcome is unknown",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void theReplyToACommitIsSwallowedAndTheConnectionCloses(Trial trial) {
        tamperedReplies(trial, "EVALSHA", Deed.SWALLOW_AND_CLOSE);
    }

    @Fault(what = "a read's reply breaks off in its middle", control = Sabotage.WITHOUT_OWN_PENDING)
    void theReplyToAReadBreaksOffInItsMiddle(Trial trial) {
        tamperedReplies(trial, "XREADGROUP", Deed.CUT_AND_CLOSE);
    }

    @Fault(what = "a commit's reply breaks off in its middle", control = Sabotage.WITHOUT_OWN_PENDING)
    void theReplyToACommitBreaksOffInItsMiddle(Trial trial) {
        tamperedReplies(trial, "EVALSHA", Deed.CUT_AND_CLOSE);
    }

    @Fault(
            what = "the reply to a commit never arrives, on a connection that stays open",
            control = Sabotage.WITHOUT_TIMEOUT)
    void theReplyToACommitNeverArrives(Trial trial) {
        tamperedReplies(trial, "EVALSHA", Deed.SWALLOW);
    }

    /** Now and then such a reply is tampered with, while the feeder goes on beside the wire. */
    private static void tamperedReplies(Trial trial, String command, Deed deed) {
        Random random = trial.random();
        int rounds = trial.times(4);
        try (Bench bench = trial.bench(Setup.alone().onAWire().timeout(500))) {
            bench.engine("a");
            for (int round = 0; round < rounds; round++) {
                bench.awaitEffects(100);
                bench.begin();
                AtomicInteger left = new AtomicInteger(1 + random.nextInt(10));
                bench.wire()
                        .tamper((asked, entries) ->
                                asked.equals(command) && entries && left.decrementAndGet() == 0 ? deed : Deed.PASS);
                bench.await("the tampered reply", () -> left.get() <= 0);
            }
            bench.wire().mend();
            trial.judge(bench);
        }
    }

    @Fault(what = "every reply takes 150 ms longer, then 0 again", control = Sabotage.WITHOUT_OWN_PENDING)
    void everyReplyIsDelayed(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().onAWire())) {
            bench.engine("a");
            bench.awaitEffects(100);
            bench.begin();
            bench.wire().tamper((asked, entries) -> {
                Pause.ms(150);
                return Deed.PASS;
            });
            bench.awaitEffects(300);
            // Slow is not broken: a connection is lost on top of it.
            bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            bench.awaitEffects(200);
            bench.wire().mend();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "both directions fall silent while both ends believe the connection is open, for several time-outs",
            control = Sabotage.WITHOUT_TIMEOUT)
    void theConnectionStaysHalfOpen(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone().onAWire().timeout(500))) {
            InProcess engine = bench.engine("a");
            bench.awaitEffects(100);
            long epochs = engine.health().epochs();
            bench.begin();
            bench.wire().fallSilent();
            bench.await("an epoch that ends by time-out", () -> engine.health().epochs() > epochs + 1);
            bench.wire().mend();
            trial.judge(bench);
        }
    }
}
