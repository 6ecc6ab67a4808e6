package io.heatwire.engine.faults;

import io.heatwire.contract.event.Event;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How an engine of the suite is set up: one stage, group {@code g}.
 *
 * @param stage the stage's name, different for each bench, so that log lines can be told apart
 * @param cap how many entries the output stream may hold; 0 for practically no bound
 * @param minIdleMs after how long another's entry is taken over
 * @param timeoutMs how long a command may take
 */
record Tuning(
        String stage,
        String input,
        String output,
        long cap,
        int batch,
        long minIdleMs,
        int maxDeliveries,
        long timeoutMs) {

    static final String GROUP = "g";
    private static final long BLOCK_MS = 200;
    private static final long DRAIN_MS = 5_000;

    /** Where dead letters go. */
    String dead() {
        return input + ":dead:" + stage;
    }

    /** The same with effects in another stream. */
    Tuning withOutput(String stream) {
        return new Tuning(stage, input, stream, cap, batch, minIdleMs, maxDeliveries, timeoutMs);
    }

    /** A stage that reads what this one writes. */
    Tuning behind(String stream) {
        return new Tuning(stage, output, stream, 0, batch, minIdleMs, maxDeliveries, timeoutMs);
    }

    /** The plan of an engine that shows each event to this first. */
    EnginePlan plan(RedisPlan redis, String consumer, Consumer<Event> before) {
        SourcePlan source =
                new SourcePlan.FromStream(input, GROUP, consumer, batch, BLOCK_MS, minIdleMs, maxDeliveries, Map.of());
        StagePlan plan = new StagePlan(
                stage, Echo.spec(before), Echo.config(), source, Map.of("out", output), dead(), 1_000_000);
        Policy policy = cap > 0 ? new Policy.Cap(cap, cap / 2) : new Policy.Keep(100_000_000);
        return new EnginePlan(redis, List.of(new StreamPlan(output, policy)), List.of(plan), DRAIN_MS);
    }

    /** As one word for the command line of a process. */
    String asWord() {
        return String.join(
                ",",
                stage,
                input,
                output,
                Long.toString(cap),
                Integer.toString(batch),
                Long.toString(minIdleMs),
                Integer.toString(maxDeliveries),
                Long.toString(timeoutMs));
    }

    static Tuning parse(String word) {
        String[] parts = word.split(",", -1);
        return new Tuning(
                parts[0],
                parts[1],
                parts[2],
                Long.parseLong(parts[3]),
                Integer.parseInt(parts[4]),
                Long.parseLong(parts[5]),
                Integer.parseInt(parts[6]),
                Long.parseLong(parts[7]));
    }
}
