package io.heatwire.engine.faults;

import io.heatwire.localredis.SentinelRedis;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** One run of a fault: its seed and load, what is taken out, and what came of it. */
final class Trial {

    /** How long a process may take to start on a busy machine. */
    static final Duration STARTING = Duration.ofSeconds(60);

    private final Method method;
    private final Fault fault;
    private final Form form;
    private final long seed;
    private final Sabotage sabotage;

    Trial(Method method, Fault fault, Form form, long seed, Sabotage sabotage) {
        this.method = method;
        this.fault = fault;
        this.form = form;
        this.seed = seed;
        this.sabotage = sabotage;
    }

    /** Not a fault of its own: the soak judges as it goes. */
    static Trial soak(long seed) {
        return new Trial(null, null, Form.chosen(), seed, Sabotage.NONE);
    }

    /** Starts Redis and the feeder. */
    Bench bench(Setup setup) {
        return new Bench(this, setup, Broker.started(setup));
    }

    /** Starts the feeder on the primary that these sentinels name. */
    Bench bench(Setup setup, SentinelRedis sentinels) {
        return new Bench(this, setup, Broker.of(sentinels));
    }

    Random random() {
        return new Random(seed);
    }

    int times(int inCi) {
        return form.times(inCi);
    }

    Form form() {
        return form;
    }

    Sabotage sabotage() {
        return sabotage;
    }

    boolean isSabotaged() {
        return sabotage != Sabotage.NONE;
    }

    /** How long nothing may move before the run is judged as it stands. */
    Duration patience() {
        return isSabotaged() ? Duration.ofSeconds(5) : Duration.ofSeconds(40);
    }

    /** Ends the fault if that was not done yet, waits until all is settled, and judges. */
    void judge(Bench bench) {
        Verdict verdict = bench.settle();
        if (!verdict.held()) {
            if (!isSabotaged()) {
                Report.broken(method, fault, verdict);
            }
            throw new BrokenPromise(String.join("; ", verdict.broken()));
        }
        if (!isSabotaged()) {
            Report.held(method, fault, verdict, bench.recoveryMs(), bench.log());
        }
    }

    void noticed(String how) {
        Report.noticed(method, fault, how);
    }

    /** As it is given to {@code ops/bin/heatwire-faults --only}. */
    String name() {
        return method.getName();
    }

    /** The method's name as words. */
    static String sentence(Method method) {
        return method.getName().replaceAll("(?<!^)(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    static String theme(Class<?> suite) {
        return suite.getSimpleName().replaceAll("FaultsIT$", "").replaceAll("([a-z])([A-Z])", "$1 $2");
    }

    static List<String> names(Class<?> suite) {
        return java.util.Arrays.stream(suite.getDeclaredMethods())
                .filter(each -> each.isAnnotationPresent(Fault.class))
                .map(Trial::sentence)
                .toList();
    }

    @Override
    public String toString() {
        return isSabotaged() ? sabotage.name() + " is noticed" : "seed " + seed;
    }
}
