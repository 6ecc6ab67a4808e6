package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.Map;

/** The operator itself says which of its settings do not fit together. */
final class SettingsFitTogether implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.settings().isComplete()) {
                OperatorConfig config = new OperatorConfig(stage.settings().values(), Map.of());
                for (SettingProblem clash : stage.spec().check().apply(config)) {
                    findings.add(
                            ProblemCode.SETTINGS_CLASH,
                            stage.settings().placeOf(clash.setting()),
                            "stage " + stage.name().text() + ": " + clash.what(),
                            clash.instead());
                }
            }
        }
    }
}
