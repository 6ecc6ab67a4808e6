package io.heatwire.wiring.shape;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.OnGroupLost;
import io.heatwire.wiring.file.Node;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Set;

/** Reads where the events of a stage come from. */
final class SourceShape {

    static final Set<String> STREAM_KEYS = Set.of(
            "in",
            "group",
            "consumer",
            "batch",
            "block_ms",
            "block_s",
            "min_idle_ms",
            "max_deliveries",
            "aliases",
            "on_group_lost");
    static final Set<String> POLLED_KEYS = Set.of("every_ms", "every_s");

    /** A read that blocks longer would look like a dead connection. */
    private static final long LONGEST_BLOCK_MS = 30_000;

    private static final long LONGEST_INTERVAL_MS = 86_400_000;

    private SourceShape() {}

    static SourceWire read(Word name, Section stage, OperatorSpec spec) {
        if (spec.kind() == OperatorSpec.Kind.POLLED) {
            refuse(stage, STREAM_KEYS, spec.name() + " polls and reads no stream");
            return new SourceWire.OnInterval(millis(stage, "every", LONGEST_INTERVAL_MS, 5_000));
        }
        refuse(stage, POLLED_KEYS, spec.name() + " reads a stream and does not poll");
        return new SourceWire.FromStream(
                stage.required("in"),
                stage.text("group", name.text()),
                stage.text("consumer", name.text() + "_1"),
                (int) stage.integer("batch", 1, 1_000, 100),
                millis(stage, "block", LONGEST_BLOCK_MS, 500),
                stage.integer("min_idle_ms", 1_000, LONGEST_INTERVAL_MS, 30_000),
                (int) stage.integer("max_deliveries", 1, 10_000, 16),
                stage.bindings("aliases"),
                stage.choice("on_group_lost", OnGroupLost.RESUME),
                stage.placeOf(stage.has("block_s") ? "block_s" : "block_ms"));
    }

    /** A time that may be given in ms or in s. */
    private static long millis(Section stage, String what, long most, long otherwise) {
        String ms = what + "_ms";
        String s = what + "_s";
        if (stage.has(ms) && stage.has(s)) {
            stage.findings()
                    .add(
                            ProblemCode.ONE_OF_TWO,
                            stage.placeOf(s),
                            stage.title() + " has " + ms + " and " + s,
                            "keep one of the two");
        }
        return stage.has(s) ? stage.integer(s, 1, most / 1_000, 1) * 1_000 : stage.integer(ms, 1, most, otherwise);
    }

    private static void refuse(Section stage, Set<String> keys, String why) {
        for (Node.Entry entry : stage.entries()) {
            if (keys.contains(entry.key().text())) {
                stage.findings()
                        .add(
                                ProblemCode.WRONG_KIND,
                                entry.key().place(),
                                entry.key().text() + " does not fit: " + why,
                                "leave it out");
            }
        }
    }
}
