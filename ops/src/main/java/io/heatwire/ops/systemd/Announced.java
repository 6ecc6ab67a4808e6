package io.heatwire.ops.systemd;

import io.heatwire.engine.health.Health;
import io.heatwire.engine.health.StageProgress;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * What there is to tell of the service, each asked anew whenever it is told.
 *
 * @param refusal why the last reload was refused; empty when none was
 * @param longestAnswer how long Redis may take for an answer before its connections are given up
 */
public record Announced(
        Supplier<Health> health,
        Supplier<List<StageProgress>> progress,
        Supplier<String> refusal,
        Supplier<Duration> longestAnswer) {}
