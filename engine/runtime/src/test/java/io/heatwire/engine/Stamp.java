package io.heatwire.engine;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.OperatorSpec.Kind;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import java.util.Map;

/** Copies each event and writes on it by which settings: an output tells which version of its stage made it. */
final class Stamp implements EventOperator {

    /** No operator can be made with this stamp. */
    static final String BROKEN = "broken";

    private static final OperatorSpec SPEC = new OperatorSpec(
            "stamp",
            "Stamps events.",
            Kind.STREAM,
            List.of(FieldSpec.required("n", "number")),
            List.of(Setting.text("stamp", "", "", "what is written on each")),
            List.of(TestOperators.OUT),
            List.of(),
            List.of(),
            Duties.NONE,
            config -> List.of(),
            Stamp::new);

    private final String stamp;

    private Stamp(OperatorConfig config) {
        this.stamp = config.text("stamp");
        if (stamp.equals(BROKEN)) {
            throw new IllegalStateException("no such stamp");
        }
    }

    @Override
    public List<LookUp> lookUps(Event event) {
        return List.of();
    }

    @Override
    public Outcome decide(Event event, Found found, long nowMs) {
        return Outcome.apply(List.of(Effect.append(TestOperators.OUT, List.of(event.get("n", ""), stamp))), List.of());
    }

    /** A stage of this name, which is also the name of its group, from one stream to another. */
    static StagePlan stage(String name, String from, String to, String stamp) {
        return new StagePlan(
                name,
                SPEC,
                TestOperators.config(SPEC, Map.of("stamp", stamp)),
                new SourcePlan.FromStream(from, name, name + "_1", 50, 200, 600_000, 16, Map.of()),
                Map.of("out", to),
                from + ":dead:" + name,
                1000);
    }
}
