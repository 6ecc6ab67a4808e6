package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.NoBlocking;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.time.RedisClock;
import io.heatwire.localredis.LocalRedis;
import io.heatwire.localredis.RedisBinary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A Redis, engines and a feeder that keeps adding: what a fault is done to. Afterwards it waits until all is settled and has it
 * judged.
 */
final class Bench implements AutoCloseable {

    static {
        // Every fault also proves that no engine thread blocks.
        NoBlocking.install();
    }

    /** Where a second stage writes. */
    static final String END = "end";

    static final Path BINARY = RedisBinary.forTests();
    private static final AtomicInteger STAGES = new AtomicInteger();
    private static final long LOOKS_MS = 4_000;
    static final long LOOK_MS = 10;

    /** Until engines have started: a machine that is busy starting them must not be given a mountain of entries meanwhile. */
    private static final Feeder.Pace GENTLE = new Feeder.Pace(5, 20);

    private final Trial trial;
    private final Setup setup;
    private final Broker broker;
    private final Console console;
    private final Tuning tuning;
    private final LogTap log;
    private final Feeder feeder;
    private final Engines engines;
    private final List<String> wrong = new ArrayList<>();
    private Tuning last;
    private boolean warm;
    private boolean begun;
    private Recovery recovery;

    Bench(Trial trial, Setup setup, Broker broker) {
        this.trial = trial;
        this.setup = setup;
        this.broker = broker;
        this.console = broker.console();
        this.tuning = new Tuning(
                "echo" + STAGES.incrementAndGet(),
                "in",
                "out",
                setup.cap(),
                50,
                setup.minIdleMs(),
                setup.maxDeliveries(),
                trial.sabotage().timeoutMs(setup.timeoutMs()));
        this.last = tuning;
        this.log = new LogTap(tuning.stage(), broker.port());
        this.engines = new Engines(log);
        this.feeder = new Feeder(broker::port, broker.server().password(), "in", GENTLE, setup.payload()).start();
    }

    LocalRedis server() {
        return broker.server();
    }

    Feeder feeder() {
        return feeder;
    }

    Wire wire() {
        return broker.wire();
    }

    Tuning tuning() {
        return tuning;
    }

    Console console() {
        return console;
    }

    long redisNumber(String... words) {
        return console.number(words);
    }

    Object redis(String... words) {
        return console.call(words);
    }

    /** From now on entries are added there, and the judge asks there. */
    void movedTo(LocalRedis primary) {
        broker.movedTo(primary);
        feeder.moveOn();
    }

    /** How the engines reach Redis. */
    RedisPlan plan() {
        return broker.plan(trial.sabotage() != Sabotage.WITHOUT_SENTINELS, tuning.timeoutMs());
    }

    InProcess engine(String consumer) {
        return engine(consumer, event -> {});
    }

    InProcess engine(String consumer, Consumer<Event> before) {
        return engine(consumer, RedisClock.running(), before);
    }

    InProcess engine(String consumer, RedisClock clock, Consumer<Event> before) {
        return engines.add(InProcess.start(tuning, plan(), consumer, clock, trial.sabotage(), before));
    }

    /** A second stage behind the first, to the end stream; from here on the judge looks at what arrives there. */
    InProcess behind(String consumer) {
        Tuning next = tuning.behind(END);
        last = tuning.withOutput(END);
        return engines.add(InProcess.start(next, plan(), consumer, RedisClock.running(), Sabotage.NONE, event -> {}));
    }

    /** An engine in a process of its own. */
    OwnProcess process(String consumer, Manner manner) {
        return engines.add(OwnProcess.start(tuning, plan(), consumer, trial.sabotage(), manner));
    }

    /** Nobody asks this engine for its account any more: it has been killed. */
    void killed(OwnProcess engine) {
        engines.kill(engine);
    }

    /** Stops one engine in good order. */
    void stopped(Running engine) {
        engines.stop(engine, last.output());
    }

    /** The consumers the group knows, by name. */
    List<String> consumers() {
        try {
            return ((List<?>) redis("XINFO", "CONSUMERS", tuning.input(), Tuning.GROUP))
                    .stream()
                            .map(row ->
                                    String.valueOf(Facts.columns((List<?>) row).get("name")))
                            .toList();
        } catch (RedisSocket.Refused noGroupYet) {
            return List.of();
        }
    }

    /** Entries pending in the group. */
    long pending() {
        return Facts.pending(console, tuning);
    }

    /** Entries pending for this consumer, up to a thousand. */
    long pendingOf(String consumer) {
        try {
            return ((List<?>) redis("XPENDING", tuning.input(), Tuning.GROUP, "-", "+", "1000", consumer)).size();
        } catch (RedisSocket.Refused noGroupYet) {
            return 0;
        }
    }

    /** The fault begins: what does not come from now on is the engine's doing. */
    void begin() {
        begun = true;
    }

    /** Adds this many entries in one step, so that they are read as one batch; the feeder must be paused. */
    void addAtOnce(int entries) {
        List<?> ids = (List<?>) redis(
                "EVAL",
                "local ids = {} for i = 1, tonumber(ARGV[1]) do "
                        + "ids[i] = redis.call('XADD', KEYS[1], '*', 'n', 'burst' .. i, 'payload', '') end return ids",
                "1",
                tuning.input(),
                Integer.toString(entries));
        for (int i = 0; i < entries; i++) {
            feeder.accepted().put(EntryId.parse((String) ids.get(i)), "burst" + (i + 1));
        }
    }

    /** Nothing more is added, and all is settled. */
    void quiet() {
        feeder.pause();
        await("quiet", () -> Facts.isDrained(console, tuning));
    }

    /** Holds the engine in the middle of a batch of this many entries. */
    void holdInABatch(Hold hold, int entries) {
        quiet();
        hold.close();
        addAtOnce(entries);
        await("a batch in hand", () -> hold.isHolding() && pending() == entries);
    }

    /** Waits until this many more effects are there than now. */
    void awaitEffects(int more) {
        long before = effects();
        await(more + " more effects", () -> effects() >= before + more);
    }

    long effects() {
        return console.number("XLEN", tuning.output());
    }

    /** Waits; what never comes is a broken promise. */
    void await(String what, BooleanSupplier arrived) {
        await(what, arrived, begun ? trial.patience() : Trial.STARTING);
    }

    void await(String what, BooleanSupplier arrived, Duration patience) {
        long until = System.nanoTime() + patience.toNanos();
        while (!arrived.getAsBoolean()) {
            if (System.nanoTime() > until) {
                if (begun) {
                    throw new BrokenPromise("waited in vain for " + what);
                }
                throw new IllegalStateException("the fault was never set up: no " + what);
            }
            Pause.ms(LOOK_MS);
        }
        if (!warm) {
            warm = true;
            feeder.pace(setup.pace() == null ? trial.form().pace() : setup.pace());
        }
    }

    /** Notes something that is not as it should be; part of the judgement. */
    void check(boolean right, String otherwise) {
        if (!right) {
            wrong.add(otherwise);
        }
    }

    /** The fault is over: from here on the clock of recovery runs. */
    void over() {
        recovery = new Recovery(feeder);
    }

    /** Waits until an entry that was added after the fault has its effects. */
    void awaitRecovery() {
        if (recovery == null) {
            over();
        }
        await("an entry that could be added, Redis said last: " + feeder.refusal(), recovery::isUnderWay);
        recovery.await(console, last.output(), trial.patience());
    }

    long recoveryMs() {
        return recovery.tookMs();
    }

    List<String> log() {
        return log.excerpt();
    }

    Verdict settle() {
        begun = true;
        awaitRecovery();
        feeder.close();
        awaitDrained();
        if (setup.promise().lossAllowed()) {
            // Losses are counted by looks a second apart, and only when two of them agree.
            Pause.ms(LOOKS_MS);
        }
        return verdict();
    }

    /** Waits until the engines know where the group stands: only from then on can they say what was lost. */
    void awaitAccount() {
        await(
                "a first look at the group",
                () -> console.number("HEXISTS", "in:offset:" + Tuning.GROUP, "account") == 1);
    }

    /** Waits as long as anything moves; what is left over is for the judge. */
    private void awaitDrained() {
        Standstill standstill = new Standstill(trial.patience());
        while (!isDrained()) {
            if (standstill.isOver(console.number("XLEN", last.output()), Facts.pending(console, tuning))) {
                return;
            }
            Pause.ms(LOOK_MS);
        }
    }

    private boolean isDrained() {
        return Facts.isDrained(console, tuning) && (last == tuning || Facts.isDrained(console, tuning.behind(END)));
    }

    private Verdict verdict() {
        engines.stopAll(last.output());
        Verdict verdict = Verdict.of(
                setup.promise(), Facts.of(console, last), feeder.accepted(), engines.accounts(), engines.allReported());
        List<String> traces = log.traces();
        check(
                traces.isEmpty() || feeder.accepted().values().stream().anyMatch(n -> n.startsWith("poison")),
                "a stack trace in the log: " + traces.stream().findFirst().orElse(""));
        verdict.broken().forEach(wrong::add);
        return verdict.with(wrong);
    }

    @Override
    public void close() {
        try {
            feeder.close();
            engines.close();
        } finally {
            log.remove();
            broker.close();
        }
    }
}
