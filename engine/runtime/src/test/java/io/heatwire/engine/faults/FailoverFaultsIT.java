package io.heatwire.engine.faults;

import io.heatwire.localredis.SentinelRedis;

/** What can happen when another server becomes the primary. */
@FaultSuite
class FailoverFaultsIT {

    @Fault(
            what =
                    "the primary dies while its replica lags behind; three sentinels promote the replica: an older history",
            control = Sabotage.WITHOUT_SENTINELS)
    void aLaggingReplicaIsPromoted(Trial trial) {
        try (SentinelRedis sentinels = SentinelRedis.start(Bench.BINARY);
                Bench bench = trial.bench(
                        Setup.alone().promise(Promise.IN_ORDER.inAnyOrder().rolledBack()), sentinels)) {
            bench.engine("a");
            bench.awaitEffects(200);
            bench.begin();
            sentinels.leaveReplicaBehind();
            bench.awaitEffects(200);
            sentinels.killPrimary();
            bench.movedTo(sentinels.primary());
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the sentinels swap the roles of both servers under load: READONLY, and a new primary",
            control = Sabotage.WITHOUT_SENTINELS)
    void thePrimaryIsSwappedUnderLoad(Trial trial) {
        try (SentinelRedis sentinels = SentinelRedis.start(Bench.BINARY);
                Bench bench = trial.bench(
                        Setup.alone().promise(Promise.IN_ORDER.inAnyOrder().rolledBack()), sentinels)) {
            bench.engine("a");
            bench.awaitEffects(200);
            bench.begin();
            sentinels.failOver();
            bench.movedTo(sentinels.primary());
            trial.judge(bench);
        }
    }
}
