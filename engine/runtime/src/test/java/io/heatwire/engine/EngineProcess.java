package io.heatwire.engine;

import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** An engine in a process of its own, to be killed. */
final class EngineProcess {

    private static final AtomicInteger STARTED = new AtomicInteger();

    private final Process process;
    private final Path log;
    private final long logFrom;

    private EngineProcess(Process process, Path log, long logFrom) {
        this.process = process;
        this.log = log;
        this.logFrom = logFrom;
    }

    /** A copying engine; without the gate it is the negative control. */
    static EngineProcess start(RedisPlan redis, String consumer, boolean gated) {
        return start(redis, consumer, "copy", Boolean.toString(gated));
    }

    /** A copying engine that would not take an idle entry over for ten minutes. */
    static EngineProcess startPatient(RedisPlan redis, String consumer) {
        return start(redis, consumer, "patient", "");
    }

    /** An engine whose events wait, this many at once. */
    static EngineProcess startLate(RedisPlan redis, int places) {
        return startLate(redis, "late", places);
    }

    /** The same under this consumer name. It would not take an idle entry over for ten minutes. */
    static EngineProcess startLate(RedisPlan redis, String consumer, int places) {
        return start(redis, consumer, "late", Integer.toString(places));
    }

    /** An engine whose process ends when it decides about certain entries. */
    static EngineProcess startHalting(RedisPlan redis, String consumer, int maxDeliveries) {
        return start(redis, consumer, "halting", Integer.toString(maxDeliveries));
    }

    private static EngineProcess start(RedisPlan redis, String consumer, String kind, String option) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        List<String> command = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EngineProcess.class.getName(),
                Integer.toString(redis.port()),
                String.valueOf(redis.password()),
                consumer,
                kind,
                option);
        try {
            File log = new File("target/engine-" + consumer + "-" + STARTED.incrementAndGet() + ".log");
            long logFrom = log.length();
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new EngineProcess(process, log.toPath(), logFrom);
        } catch (IOException cannotStart) {
            throw new IllegalStateException(cannotStart);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /** Everything this process has said. */
    String output() throws IOException {
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) logFrom, all.length - (int) logFrom, StandardCharsets.UTF_8);
    }

    /** As a service manager stops it: SIGTERM, and patience. */
    void drain() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the engine did not end");
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .start()
                .waitFor();
    }

    public static void main(String[] args) throws InterruptedException {
        RedisPlan redis = new RedisPlan("127.0.0.1", Integer.parseInt(args[0]), 0, null, args[1], false, 3000);
        Engine engine = engine(redis, args[2], args[3], args[4]);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> System.out.println(engine.drain().block())));
        engine.start().block(Duration.ofSeconds(20));
        Thread.currentThread().join();
    }

    private static Engine engine(RedisPlan redis, String consumer, String kind, String option) {
        return switch (kind) {
            case "late" -> late(redis, consumer, Long.parseLong(option));
            case "patient" -> patient(redis, consumer);
            case "halting" -> halting(redis, consumer, Integer.parseInt(option));
            default -> copy(redis, consumer, Boolean.parseBoolean(option));
        };
    }

    private static Engine patient(RedisPlan redis, String consumer) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", consumer, 50, 100, 600_000, 1000, Map.of());
        StagePlan stage = TestOperators.copyStage(source, Map.of("guarded", false));
        return Engine.of(TestOperators.plan(redis, new Policy.Keep(1_000_000), stage), new SimpleMeterRegistry());
    }

    private static Engine halting(RedisPlan redis, String consumer, int maxDeliveries) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", consumer, 50, 100, 1_000, maxDeliveries, Map.of());
        StagePlan stage = TestOperators.haltingStage(source);
        return Engine.of(TestOperators.plan(redis, new Policy.Keep(1_000_000), stage), new SimpleMeterRegistry());
    }

    private static Engine copy(RedisPlan redis, String consumer, boolean gated) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", consumer, 50, 100, 200, 1000, Map.of());
        StagePlan stage = TestOperators.copyStage(source, Map.of("guarded", false));
        return Engine.of(
                TestOperators.plan(redis, new Policy.Keep(1_000_000), stage),
                new SimpleMeterRegistry(),
                RedisClock.from(System::currentTimeMillis),
                gated ? UnaryOperator.identity() : EngineProcess::withoutGate);
    }

    private static Engine late(RedisPlan redis, String consumer, long places) {
        SourcePlan source = new SourcePlan.FromStream("in", "g", consumer, 100, 100, 600_000, 16, Map.of());
        StagePlan stage = TestOperators.lateStage(
                source, Map.of("max_inflight", places, "max_wait_ms", 600_000L, "poll_ms", 100L));
        return Engine.of(TestOperators.plan(redis, new Policy.Keep(1_000_000), stage), new SimpleMeterRegistry());
    }

    /** The negative control: the same script, but the acknowledgement no longer decides. */
    private static LinkFactory withoutGate(LinkFactory links) {
        return (source, script) -> {
            String ungated = script.replace(
                    "if must('XACK',K[1],A[1],id) == 0 then return false end", "must('XACK',K[1],A[1],id)");
            if (ungated.equals(script)) {
                throw new IllegalStateException("the gate was not found in the script");
            }
            return links.open(source, ungated);
        };
    }
}
