package io.heatwire.wiring.check;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.Nearest;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.List;

/** An alias leads from a name nobody reads to a field the operator does read. */
final class AliasesFitFields implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.source() instanceof FromStream source && !stage.isShapeUnknown()) {
                List<String> fields =
                        stage.spec().input().stream().map(FieldSpec::name).toList();
                source.aliases().forEach(alias -> check(stage, alias, fields, findings));
            }
        }
    }

    private static void check(StageWire stage, Binding alias, List<String> fields, Findings findings) {
        String name = alias.name().text();
        String field = alias.target().text();
        if (!fields.contains(field) && !alias.target().isMissing()) {
            boolean isTurned = fields.contains(name);
            findings.add(
                    ProblemCode.BAD_ALIAS,
                    alias.target().place(),
                    stage.spec().name() + " reads no field " + Shown.quoted(field),
                    isTurned
                            ? "turn it round: what the producer writes comes first, " + Shown.plain(field) + ": " + name
                            : Nearest.advice(field, fields));
        } else if (fields.contains(name)) {
            findings.add(
                    ProblemCode.BAD_ALIAS,
                    alias.name().place(),
                    stage.spec().name() + " reads the field " + name + " itself",
                    "leave the alias out");
        }
    }
}
