package io.heatwire.engine.commit;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Output;
import java.util.List;

/** An operator with each kind of output. */
final class EveryEffect {

    static final Output.ToStream OUT = new Output.ToStream("out", List.of("it's"), true, "");
    static final Output.ToHash OPEN = new Output.ToHash("open", List.of(), List.of("a"), true, null, "");
    static final Output.ToHash NEWEST = new Output.ToHash("newest", List.of(), List.of("ts", "v"), false, "ts", "");
    static final Output.ToValue FOLLOWER = new Output.ToValue("follower", List.of(), "newest", "");
    static final Output.ToValue VALUE = new Output.ToValue("value", List.of(), null, "");
    static final Output.ToNothing GONE = new Output.ToNothing("gone", List.of(), "");

    static final OperatorSpec SPEC = new OperatorSpec(
            "every_effect",
            "",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(),
            List.of(OUT, OPEN, NEWEST, FOLLOWER, VALUE, GONE),
            List.of(),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            config -> {
                throw new IllegalStateException("not run here");
            });

    private EveryEffect() {}
}
