package io.heatwire.engine.faults;

import io.heatwire.engine.Engine;
import io.heatwire.engine.EngineAt;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.time.RedisClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** An engine in a process of its own, to be killed and frozen. */
final class OwnProcess implements Running {

    private static final Path LOGS = Path.of("target", "faults");
    private static final String ACCOUNT = "ACCOUNT ";

    private final String consumer;
    private final Path log;
    private final Process process;
    private boolean killed;

    private OwnProcess(String consumer, Path log, Process process) {
        this.consumer = consumer;
        this.log = log;
        this.process = process;
    }

    static OwnProcess start(Tuning tuning, RedisPlan redis, String consumer, Sabotage sabotage, Manner manner) {
        try {
            Files.createDirectories(LOGS);
            Path log = Files.createTempFile(LOGS, tuning.stage() + "-" + consumer + "-", ".log");
            Process process = new ProcessBuilder(command(tuning, redis, consumer, sabotage, manner))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            return new OwnProcess(consumer, log, process);
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
    }

    private static List<String> command(
            Tuning tuning, RedisPlan redis, String consumer, Sabotage sabotage, Manner manner) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=32m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                OwnProcess.class.getName(),
                Integer.toString(redis.port()),
                String.valueOf(redis.password()),
                consumer,
                tuning.asWord(),
                sabotage.name(),
                manner.name(),
                Long.toString(ProcessHandle.current().pid()));
    }

    @Override
    public String consumer() {
        return consumer;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does. */
    void kill() {
        killed = true;
        process.destroyForcibly();
        awaitEnd();
    }

    void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    List<String> log() {
        try {
            return Files.readAllLines(log);
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    @Override
    public Optional<Account> stop() {
        if (killed || !process.isAlive()) {
            return Optional.empty();
        }
        signal("CONT");
        process.destroy();
        if (!awaitEnd()) {
            process.destroyForcibly();
            throw new BrokenPromise("an engine process did not end when it was asked to");
        }
        return log().stream()
                .filter(line -> line.startsWith(ACCOUNT))
                .map(line -> Account.parse(line.substring(ACCOUNT.length())))
                .findFirst();
    }

    private boolean awaitEnd() {
        try {
            return process.waitFor(20, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Tuning tuning = Tuning.parse(args[3]);
        Sabotage sabotage = Sabotage.valueOf(args[4]);
        Manner manner = Manner.valueOf(args[5]);
        RedisPlan redis = new RedisPlan(
                "127.0.0.1",
                Integer.parseInt(args[0]),
                0,
                null,
                args[1],
                false,
                sabotage.timeoutMs(tuning.timeoutMs()));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        Engine engine = EngineAt.of(
                tuning.plan(redis, args[2], manner.inTheOperator()),
                registry,
                RedisClock.running(),
                links -> manner.on(sabotage.on(links, redis)));
        engine.start().block(Duration.ofSeconds(20));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            engine.drain().block(Duration.ofSeconds(15));
            System.out.println(ACCOUNT + Account.of(registry).asWord());
            System.out.flush();
        }));
        endWithItsParent(Long.parseLong(args[6]));
    }

    /** However the suite ends, kill -9 included, no engine is left behind. */
    private static void endWithItsParent(long parent) throws InterruptedException {
        ProcessHandle.of(parent).ifPresent(handle -> handle.onExit().join());
        Runtime.getRuntime().halt(1);
    }
}
