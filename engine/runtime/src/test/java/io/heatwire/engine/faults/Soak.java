package io.heatwire.engine.faults;

import io.heatwire.engine.faults.Feeder.Pace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Three engines, one of them in a process of its own, under bursts, pauses and a random fault every few seconds. */
final class Soak {

    private static final List<Pace> PACES =
            List.of(new Pace(30, 10), new Pace(2, 20), new Pace(10, 10), new Pace(1, 200));
    private static final long AUDIT_MS = 400;
    private static final long TELL_NANOS = Duration.ofSeconds(30).toNanos();

    private final Bench bench;
    private final Random random;
    private final Audit audit;
    private final Map<String, Integer> faults = new TreeMap<>();
    private OwnProcess process;
    private long toldAtNanos = System.nanoTime();

    Soak(Bench bench, Random random) {
        this.bench = bench;
        this.random = random;
        this.audit = new Audit(bench);
        bench.engine("a");
        bench.engine("b");
        process = bench.process("c", Manner.STEADY);
        bench.await(
                "work in the process",
                () -> bench.effects() > 50 && bench.consumers().contains("c"));
        bench.begin();
    }

    Audit audit() {
        return audit;
    }

    /** How often each fault was done. */
    Map<String, Integer> faults() {
        return faults;
    }

    void run(Duration howLong) {
        long end = System.nanoTime() + howLong.toNanos();
        bench.feeder().resume();
        while (System.nanoTime() < end) {
            bench.feeder().pace(PACES.get(random.nextInt(PACES.size())));
            lull(1000 + random.nextInt(2000));
            strike();
            tell(end);
        }
        bench.feeder().pause();
        bench.await("an end of the backlog", () -> Facts.isDrained(bench.console(), bench.tuning()));
        audit.look();
    }

    private void tell(long endAtNanos) {
        long now = System.nanoTime();
        if (now - toldAtNanos >= TELL_NANOS) {
            toldAtNanos = now;
            Progress.say(String.format(
                    "soak: %,d entries, doubled %d, lost %d, %d s left",
                    audit.settled(), audit.doubled(), audit.missing(), Math.max(0, endAtNanos - now) / 1_000_000_000));
        }
    }

    /** Time passes; what is settled is looked at and cleared away. */
    private void lull(long ms) {
        for (long left = ms; left > 0; left -= AUDIT_MS) {
            Pause.ms(Math.min(left, AUDIT_MS));
            audit.look();
        }
    }

    private void strike() {
        int which = random.nextInt(100);
        if (which < 35) {
            done("connections killed", () -> bench.redis("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"));
        } else if (which < 55) {
            done("scripts flushed", () -> bench.redis("SCRIPT", "FLUSH"));
        } else if (which < 70) {
            done("engine killed", this::killEngine);
        } else if (which < 85) {
            done("engine frozen", this::freezeEngine);
        } else {
            done("Redis killed", this::killRedis);
        }
    }

    private void done(String fault, Supplier<Object> deed) {
        deed.get();
        faults.merge(fault, 1, Integer::sum);
    }

    private Object killEngine() {
        bench.killed(process);
        process = bench.process("c", Manner.STEADY);
        return process;
    }

    private Object freezeEngine() {
        process.signal("STOP");
        lull(1500);
        process.signal("CONT");
        return process;
    }

    private Object killRedis() {
        bench.server().kill();
        bench.server().restart();
        return bench.server();
    }

    /** What there is when nothing is under way. */
    Figures figures() {
        bench.await("the process", () -> bench.consumers().contains("c"));
        Pause.ms(1500);
        return Figures.of(bench.console());
    }
}
