package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What Redis can refuse, for a while. */
@FaultSuite
class RefusalFaultsIT {

    private static final long MEGABYTE = 1 << 20;

    @Fault(
            what = "maxmemory is reached with a backlog of 20 MB of effects, then raised",
            control = Sabotage.WITHOUT_SHEBANG,
            controlInCi = true)
    void memoryIsFullAndThenRelieved(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench =
                trial.bench(Setup.alone("--maxmemory-policy", "noeviction").payload(4000))) {
            hold.close();
            InProcess engine = bench.engine("a", hold);
            bench.await("a backlog", () -> bench.feeder().accepted().size() > 2500);
            bench.begin();
            long limit = usedMemory(bench) + 3 * MEGABYTE;
            bench.redis("CONFIG", "SET", "maxmemory", Long.toString(limit));
            hold.open();
            bench.await(
                    "a commit that waits for memory, or none that does",
                    () -> engine.health().waiting().equals("OOM") || usedMemory(bench) > limit + 4 * MEGABYTE);
            long most = 0;
            for (int look = 0; look < 50; look++) {
                most = Math.max(most, usedMemory(bench));
                Pause.ms(20);
            }
            bench.check(
                    most < limit + 4 * MEGABYTE,
                    "memory grew past its limit: " + (most - limit) / MEGABYTE + " MB above maxmemory");
            bench.redis("CONFIG", "SET", "maxmemory", "0");
            trial.judge(bench);
        }
    }

    private static long usedMemory(Bench bench) {
        String info = String.valueOf(bench.redis("INFO", "memory"));
        return Long.parseLong(info.split("used_memory:")[1].split("\r\n")[0]);
    }

    @Fault(
            what = "the disk takes no snapshot any more (its directory is gone), Redis refuses writes: MISCONF",
            control = Sabotage.TAKES_REFUSALS_FOR_DONE)
    void theDiskTakesNoSnapshot(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(Setup.alone("--enable-protected-configs", "yes"))) {
            InProcess engine = withBatch(bench, hold);
            bench.redis("CONFIG", "SET", "save", "3600 100000000");
            Path gone = goneDirectory(bench);
            bench.await("failed snapshot", () -> saved(bench, "rdb_last_bgsave_status:err"));
            bench.begin();
            hold.open();
            bench.feeder().resume();
            awaitWaiting(trial, bench, engine, "MISCONF");
            bench.redis("CONFIG", "SET", "dir", bench.server().directory().toString());
            bench.await("a snapshot", () -> saved(bench, "rdb_last_bgsave_status:ok"));
            bench.check(!Files.exists(gone), "the directory was not gone");
            trial.judge(bench);
        }
    }

    /** An engine that has something in hand: with nothing to commit it would not notice a refusal. */
    private static InProcess withBatch(Bench bench, Hold hold) {
        InProcess engine = bench.engine("a", hold);
        bench.awaitEffects(100);
        bench.holdInABatch(hold, 30);
        return engine;
    }

    /** The health says what it waits for; a sabotaged one need not wait. */
    private static void awaitWaiting(Trial trial, Bench bench, InProcess engine, String cause) {
        if (!trial.isSabotaged()) {
            bench.await(
                    "health that names " + cause,
                    () -> engine.health().waiting().equals(cause)
                            || engine.health().error().startsWith(cause));
        }
        Pause.ms(300);
    }

    private static boolean saved(Bench bench, String status) {
        try {
            bench.redis("BGSAVE");
        } catch (RedisSocket.Refused alreadyAtIt) {
            // The one under way will tell.
        }
        return String.valueOf(bench.redis("INFO", "persistence")).contains(status);
    }

    private static Path goneDirectory(Bench bench) {
        try {
            Path directory = Files.createTempDirectory("heatwire-gone-");
            bench.redis("CONFIG", "SET", "dir", directory.toString());
            Files.delete(directory);
            return directory;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Fault(
            what = "min-replicas-to-write is set without a replica, then withdrawn: NOREPLICAS",
            control = Sabotage.TAKES_REFUSALS_FOR_DONE,
            controlInCi = true)
    void tooFewReplicasAreThere(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(Setup.alone())) {
            InProcess engine = withBatch(bench, hold);
            bench.redis("CONFIG", "SET", "min-replicas-to-write", "1");
            bench.begin();
            hold.open();
            bench.feeder().resume();
            awaitWaiting(trial, bench, engine, "NOREPLICAS");
            bench.redis("CONFIG", "SET", "min-replicas-to-write", "0");
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the key of the output stream becomes a string in mid-run, and a stream again",
            control = Sabotage.WITHOUT_STREAM_CHECK)
    void theOutputIsNoStreamAnyMore(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            InProcess engine = bench.engine("a");
            bench.awaitEffects(200);
            bench.begin();
            bench.redis("EVAL", "redis.call('RENAME', 'out', 'kept') return redis.call('SET', 'out', 'x')", "0");
            awaitWaiting(trial, bench, engine, "BADKEY");
            bench.redis("EVAL", "redis.call('DEL', 'out') return redis.call('RENAME', 'kept', 'out')", "0");
            trial.judge(bench);
        }
    }

    @Fault(
            what = "keys of another type stand where the hashes of some entries belong; only those become dead letters",
            control = Sabotage.WITHOUT_TYPE_CHECK)
    void keysOfAnotherTypeStandInTheWay(Trial trial) {
        Hold hold = new Hold();
        Set<String> inTheWay = new HashSet<>();
        try (Bench bench = trial.bench(Setup.alone().promise(Promise.IN_ORDER.withDead(inTheWay::contains)))) {
            bench.engine("a", hold);
            bench.awaitEffects(100);
            hold.close();
            bench.await("an entry in hand", hold::isHolding);
            EntryId held = bench.feeder().accepted().lastKey();
            bench.await(
                    "entries behind it",
                    () -> bench.feeder().accepted().tailMap(held).size() > 500);
            bench.begin();
            List<EntryId> some = bench.feeder().accepted().tailMap(held).keySet().stream()
                    .limit(400)
                    .toList();
            for (int i = 100; i < some.size(); i += 10) {
                inTheWay.add(bench.feeder().accepted().get(some.get(i)));
                bench.redis("SET", "copy:" + some.get(i), "in the way");
            }
            hold.open();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "the right to run scripts is withdrawn (ACL SETUSER) and given back",
            control = Sabotage.TAKES_REFUSALS_FOR_DONE)
    void theRightToCommitIsWithdrawnAndGivenBack(Trial trial) {
        rights(trial, "-evalsha", "+evalsha", Setup.alone());
    }

    @Fault(
            what = "the right to read the group is withdrawn (ACL SETUSER) and given back",
            control = Sabotage.GIVES_UP_AFTER_A_FAILED_READ)
    void theRightToReadIsWithdrawnAndGivenBack(Trial trial) {
        rights(trial, "-xreadgroup", "+xreadgroup", Setup.alone());
    }

    @Fault(
            what = "one command of the effects is forbidden in mid-run (ACL SETUSER -hset): known only after the"
                    + " acknowledgement, so each such entry is a dead letter that names it",
            control = Sabotage.WITHOUT_BURIAL)
    void oneEffectIsForbiddenForAWhile(Trial trial) {
        rights(trial, "-hset", "+hset", Setup.alone().promise(Promise.IN_ORDER.withDiverted()));
    }

    private static void rights(Trial trial, String without, String with, Setup setup) {
        try (Bench bench = trial.bench(setup)) {
            bench.engine("a");
            bench.awaitEffects(200);
            bench.begin();
            bench.redis("ACL", "SETUSER", "default", without);
            Pause.ms(700);
            bench.redis("ACL", "SETUSER", "default", with);
            trial.judge(bench);
        }
    }
}
