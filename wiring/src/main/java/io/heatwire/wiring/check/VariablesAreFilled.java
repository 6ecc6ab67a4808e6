package io.heatwire.wiring.check;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Each variable of a key is filled by something the stage has: a field of its events, a setting, or a field it makes itself. A
 * required field that is absent is another rule's.
 */
final class VariablesAreFilled implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd end : wires.ends()) {
            for (String variable : end.resource().template().variables()) {
                check(end, variable, wires, findings);
            }
        }
    }

    private static void check(WireEnd end, String variable, Wires wires, Findings findings) {
        if (FieldsOf.fillsBySettings(end.stage()) || isSetting(end, variable) || isMade(end, variable)) {
            return;
        }
        FieldNames read = FieldNames.of(end.stage());
        Optional<FieldSpec> field = read.fields().stream()
                .filter(each -> each.name().equals(variable))
                .findFirst();
        List<Provided> writers =
                wires.input(end.stage()).map(in -> Provided.to(in, wires)).orElse(List.of());
        boolean mayArrive = field.isPresent()
                && (field.get().required()
                        || writers.isEmpty()
                        || writers.stream()
                                .anyMatch(each -> !each.isKnown() || read.isAmong(field.get(), each.names())));
        if (!mayArrive) {
            note(end, variable, field, writers, findings);
        }
    }

    private static boolean isSetting(WireEnd end, String variable) {
        return end.stage().spec().settings().stream()
                .anyMatch(setting -> setting.name().equals(variable));
    }

    private static boolean isMade(WireEnd end, String variable) {
        return end.stage().spec().outputs().stream()
                .map(output -> FieldsOf.written(
                        new WireEnd(end.stage(), WireEnd.Use.WRITE, output.port(), end.target(), end.resource())))
                .anyMatch(written -> written.names().contains(variable));
    }

    private static void note(
            WireEnd end, String variable, Optional<FieldSpec> field, List<Provided> writers, Findings findings) {
        List<Related> related = new ArrayList<>();
        related.add(new Related(
                end.resource().key().place(), "the key of " + end.resource().title()));
        writers.stream().limit(3).forEach(each -> related.add(each.related()));
        String operator = end.stage().spec().name();
        findings.add(
                ProblemCode.VARIABLE_UNFILLED,
                end.place(),
                end.says() + ", and nothing fills {" + variable + "}: "
                        + (field.isPresent()
                                ? "no writer of its input writes that field"
                                : operator + " has no field and no setting of that name"),
                field.isPresent()
                        ? "let a writer write " + variable + ", or name what stands for it under aliases"
                        : "write the key with variables that " + operator + " knows",
                related);
    }
}
