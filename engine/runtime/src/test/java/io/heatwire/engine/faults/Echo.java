package io.heatwire.engine.faults;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.Kind;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The operator under test: an effect set of two, an entry in the output stream and a hash under the id of its source. No guard,
 * no look-up: only the gate stands between a redelivery and a double effect.
 */
final class Echo implements EventOperator {

    static final Output.ToStream OUT =
            new Output.ToStream("out", List.of("n", "source", "payload"), false, "what came");
    static final Output.ToHash COPY =
            new Output.ToHash("copy", List.of("source"), List.of("n", "payload"), false, null, "what came, by its id");

    private final Consumer<Event> before;

    private Echo(Consumer<Event> before) {
        this.before = before;
    }

    /** The declaration; the operator shows each event to this first. */
    static OperatorSpec spec(Consumer<Event> before) {
        return new OperatorSpec(
                "echo",
                "Repeats what came.",
                Kind.STREAM,
                List.of(FieldSpec.required("n", "number")),
                List.of(),
                List.of(OUT, COPY),
                List.of(),
                List.of(),
                Duties.NONE,
                config -> List.of(),
                config -> new Echo(before));
    }

    static OperatorConfig config() {
        return new OperatorConfig(Map.of(), Map.of());
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        return List.of();
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        before.accept(event);
        String n = event.get("n", "");
        if (n.startsWith("poison")) {
            throw new IllegalArgumentException("cannot digest " + n);
        }
        // Behind another stage the first source is passed on.
        String source = event.get("source", event.id().toString());
        String payload = event.get("payload", "");
        return Outcome.apply(
                List.of(
                        Effect.append(OUT, List.of(n, source, payload)),
                        Effect.putHash(COPY, "copy:" + source, 0, List.of(n, payload))),
                List.of());
    }
}
