package io.heatwire.wiring.shape;

import io.heatwire.engine.edge.EdgeTimes;
import io.heatwire.wiring.graph.EngineWire;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Set;

/** Reads what concerns the engine as a whole. */
final class EngineShape {

    static final Set<String> KEYS = Set.of("drain_ms", "idle_consumer_ms", "starved_after_ms", "stalled_after_ms");

    private static final long LONGEST_DRAIN_MS = 600_000;
    private static final long HOUR_MS = 3_600_000;
    private static final long LONGEST_IDLE_MS = 365 * 24 * HOUR_MS;

    /** A consumer that only reads now and then must not be taken for one that nobody uses. */
    private static final long SHORTEST_IDLE_MS = 60_000;

    /** The watch looks once a second: below a few looks nothing can be told from a pause. */
    private static final long SHORTEST_ALARM_MS = 3_000;

    private EngineShape() {}

    static EngineWire read(Section engine) {
        return new EngineWire(
                engine.integer("drain_ms", 0, LONGEST_DRAIN_MS, 10_000),
                idleConsumerMs(engine),
                engine.integer("starved_after_ms", SHORTEST_ALARM_MS, HOUR_MS, EdgeTimes.STARVED_MS),
                engine.integer("stalled_after_ms", SHORTEST_ALARM_MS, HOUR_MS, EdgeTimes.STALLED_MS));
    }

    private static long idleConsumerMs(Section engine) {
        long idleMs = engine.integer("idle_consumer_ms", 0, LONGEST_IDLE_MS, HOUR_MS);
        if (idleMs > 0 && idleMs < SHORTEST_IDLE_MS) {
            engine.findings()
                    .add(
                            ProblemCode.BAD_VALUE,
                            engine.placeOf("idle_consumer_ms"),
                            engine.name("idle_consumer_ms") + ": must be 0 or at least " + SHORTEST_IDLE_MS,
                            "0 leaves idle consumers alone");
        }
        return idleMs;
    }
}
