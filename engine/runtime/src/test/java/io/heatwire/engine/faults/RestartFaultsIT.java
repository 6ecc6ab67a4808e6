package io.heatwire.engine.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;

/** What can happen when Redis dies and comes back, or forgets. */
@FaultSuite
class RestartFaultsIT {

    private static final String[] ALWAYS = {"--appendonly", "yes", "--appendfsync", "always"};
    private static final String[] EVERY_SECOND = {"--appendonly", "yes", "--appendfsync", "everysec"};
    private static final int IN_HAND = 30;

    @Fault(
            what =
                    "Redis is killed with -9 and started again, AOF with fsync always; the last time when it has just carried out a"
                            + " commit",
            control = Sabotage.ACKNOWLEDGES_AFTERWARDS,
            controlInCi = true)
    void redisIsKilledWithFsyncAlways(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone(ALWAYS))) {
            InProcess engine = bench.engine("a");
            killedNowAndThen(trial, bench);
            bench.awaitEffects(200);
            engine.tap().holdReplies();
            bench.await("a commit whose reply has not arrived", engine.tap()::isHoldingReply);
            killed(bench);
            engine.tap().letRepliesGo();
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "Redis is killed with -9 and started again, AOF with fsync every second; the last time with a batch in hand"
                            + " that is on the disk",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void redisIsKilledWithFsyncEverySecond(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone(EVERY_SECOND).promise(Promise.IN_ORDER.rolledBack()))) {
            Hold hold = new Hold();
            bench.engine("a", hold);
            killedNowAndThen(trial, bench);
            bench.awaitEffects(200);
            bench.holdInABatch(hold, IN_HAND);
            writeAllToTheDisk(bench);
            bench.server().kill();
            hold.open();
            bench.feeder().resume();
            bench.server().restart();
            trial.judge(bench);
        }
    }

    /** A write with fsync always takes along everything before it. */
    private static void writeAllToTheDisk(Bench bench) {
        bench.redis("CONFIG", "SET", "appendfsync", "always");
        bench.redis("SET", "written", "now");
        bench.redis("DEL", "written");
    }

    private static void killedNowAndThen(Trial trial, Bench bench) {
        for (int round = 0; round < trial.times(3); round++) {
            bench.awaitEffects(200);
            killed(bench);
        }
    }

    private static void killed(Bench bench) {
        bench.begin();
        bench.server().kill();
        bench.server().restart();
    }

    @Fault(
            what =
                    "Redis is killed, its AOF cut at a random byte, the last time just behind a commit, and started again: an"
                            + " older history, then BGREWRITEAOF",
            control = Sabotage.ACKNOWLEDGES_AFTERWARDS)
    void theAppendOnlyFileIsCutAtARandomByte(Trial trial) {
        Random random = trial.random();
        int rounds = trial.times(3);
        try (Bench bench = trial.bench(Setup.alone(EVERY_SECOND).promise(Promise.IN_ORDER.rolledBack()))) {
            bench.engine("a");
            for (int round = 1; round <= rounds; round++) {
                bench.awaitEffects(300);
                bench.begin();
                bench.server().kill();
                cut(bench.server().directory(), random, round == rounds);
                bench.server().restart();
                rewrite(bench);
            }
            trial.judge(bench);
        }
    }

    /**
     * Redis drops a transaction that is cut in its middle, but leaves its first commands in the file, where a second restart would
     * take them for the beginning of the next one. Writing the file anew removes them; docs/reliability.md tells people so.
     */
    private static void rewrite(Bench bench) {
        bench.redis("BGREWRITEAOF");
        bench.await(
                "the rewritten file",
                () -> !String.valueOf(bench.redis("INFO", "persistence")).contains("aof_rewrite_in_progress:1"));
    }

    private static void cut(Path directory, Random random, boolean behindACommit) {
        try (Stream<Path> files = Files.walk(directory)) {
            Path log = files.filter(file -> file.toString().endsWith(".incr.aof"))
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
            try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
                long size = channel.size();
                long place = size - (long) (random.nextDouble() * size / 4);
                channel.truncate(behindACommit ? endOfACommit(log, place) : place);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where the transaction ends that wrote the last hash before this place. */
    private static long endOfACommit(Path log, long place) throws IOException {
        String commands = Files.readString(log, StandardCharsets.ISO_8859_1);
        String end = "EXEC\r\n";
        return commands.indexOf(end, commands.lastIndexOf("copy:", (int) place)) + end.length();
    }

    @Fault(
            what =
                    "Redis is killed with a batch in hand and takes a while to load: LOADING, then a server that knows no script",
            control = Sabotage.WITHOUT_OWN_PENDING)
    void redisStartsAgainAndIsLoadingForAWhile(Trial trial) {
        Hold hold = new Hold();
        try (Bench bench = trial.bench(
                Setup.alone("--appendonly", "yes", "--appendfsync", "always", "--key-load-delay", "1000"))) {
            bench.engine("a", hold);
            bench.awaitEffects(1500);
            // What is loaded slowly is the base file, one millisecond for each key.
            bench.redis("BGREWRITEAOF");
            bench.await(
                    "the rewritten file",
                    () -> !String.valueOf(bench.redis("INFO", "persistence")).contains("aof_rewrite_in_progress:1"));
            bench.awaitEffects(100);
            bench.holdInABatch(hold, IN_HAND);
            bench.begin();
            bench.server().kill();
            hold.open();
            bench.feeder().resume();
            bench.server().restart();
            trial.judge(bench);
        }
    }

    @Fault(
            what = "SCRIPT FLUSH again and again under load; order is kept",
            control = Sabotage.WITHOUT_SCRIPT_RELOAD,
            controlInCi = true)
    void scriptsAreFlushedUnderLoad(Trial trial) {
        try (Bench bench = trial.bench(Setup.alone())) {
            bench.engine("a");
            for (int round = 0; round < trial.times(20); round++) {
                bench.awaitEffects(40);
                bench.begin();
                bench.redis("SCRIPT", "FLUSH");
            }
            trial.judge(bench);
        }
    }

    @Fault(
            what =
                    "an older history in which the same id comes again with another payload, while an engine still holds the"
                            + " old one",
            control = Sabotage.RESENDS_AFTER_LOST_REPLY)
    void anIdComesAgainWithAnotherPayload(Trial trial) {
        Setup setup =
                Setup.several().onAWire().promise(Promise.IN_ORDER.inAnyOrder().rolledBack());
        Hold hold = new Hold();
        try (Bench bench = trial.bench(setup)) {
            bench.feeder().pause();
            bench.engine("a", hold);
            bench.feeder().resume();
            bench.awaitEffects(50);
            hold.close();
            bench.await("an entry in hand", hold::isHolding);
            bench.feeder().pause();
            String id = firstPending(bench);
            bench.begin();
            bench.wire().fallSilent();
            bench.server().kill();
            bench.server().restart();
            // Nothing was persisted: the new history begins with the same id and another payload, in another's hands.
            bench.redis("XADD", "in", id, "n", "another", "payload", "");
            bench.redis("XGROUP", "CREATE", "in", Tuning.GROUP, "0");
            bench.redis("XREADGROUP", "GROUP", Tuning.GROUP, "hand", "STREAMS", "in", ">");
            hold.open();
            bench.wire().mend();
            bench.feeder().resume();
            trial.judge(bench);
        }
    }

    private static String firstPending(Bench bench) {
        return String.valueOf(((java.util.List<?>) bench.redis("XPENDING", "in", Tuning.GROUP)).get(1));
    }
}
