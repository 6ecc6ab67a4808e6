package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.List;
import java.util.Map;

/** The operator itself says which of its settings do not fit together. */
final class SettingsFitTogether implements Rule {

    @Override
    public void check(Graph graph, Findings findings) {
        for (StageWire stage : graph.stages()) {
            if (stage.settings().isComplete()) {
                for (SettingProblem clash : clashes(stage)) {
                    findings.add(
                            ProblemCode.SETTINGS_CLASH,
                            stage.settings().placeOf(clash.setting()),
                            "stage " + stage.name().text() + ": " + clash.what(),
                            clash.instead());
                }
            }
        }
    }

    private static List<SettingProblem> clashes(StageWire stage) {
        OperatorConfig config = new OperatorConfig(
                stage.settings().values(), Map.of(), stage.name().text());
        try {
            return stage.spec().check().apply(config);
        } catch (RuntimeException | LinkageError fault) {
            // An operator of somebody else: a fault in it must not hide what else is wrong with the file.
            return List.of(new SettingProblem(
                    "",
                    "operator " + stage.spec().name() + " fails to check its settings: "
                            + Shown.sentence(fault.toString()),
                    "tell whoever wrote it"));
        }
    }
}
