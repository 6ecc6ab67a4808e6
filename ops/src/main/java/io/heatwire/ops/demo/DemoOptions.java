package io.heatwire.ops.demo;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the demo was asked for.
 *
 * @param market a gzipped CSV file of bars; null for simulated prices
 * @param speed seconds of market time for each second
 * @param duration how long the market runs at most
 * @param redis an own Redis as a URL; null to start one
 * @param seed the seed of simulated prices
 */
public record DemoOptions(
        @Nullable Path market,
        double speed,
        Duration duration,
        @Nullable String redis,
        long seed) {}
