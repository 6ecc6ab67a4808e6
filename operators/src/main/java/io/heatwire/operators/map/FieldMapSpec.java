package io.heatwire.operators.map;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.expression.Expression;
import io.heatwire.operators.entry.FieldsRead;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The declaration of the map. */
public final class FieldMapSpec {

    static final String RENAME = "rename";
    static final String DROP = "drop";
    static final String SET = "set";

    static final Output.ToStream OUT =
            new Output.ToStream("out", List.of(), true, "The events with their fields changed.");

    /** The map. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "map",
            "Renames, drops and sets fields; all others are handed on as they came.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    Setting.block(
                            RENAME, Setting.Type.TEXTS, false, "What a field is called, and what it is to be called."),
                    Setting.list(DROP, "", "", "Fields that are left out."),
                    Setting.block(
                            SET,
                            Setting.Type.EXPRESSIONS,
                            false,
                            "Fields with the expressions for their values; these see the event as it came.")),
            List.of(OUT),
            List.of(),
            List.of(),
            Duties.NONE,
            FieldMapSpec::footprint,
            FieldMapSpec::check,
            FieldMap::new);

    private FieldMapSpec() {}

    private static Footprint footprint(OperatorConfig config) {
        Collection<Expression> expressions = config.expressions(SET).values();
        Map<String, String> renamed = config.texts(RENAME);
        List<FieldSpec> input = new ArrayList<>(FieldsRead.declared(expressions));
        renamed.keySet().stream()
                .filter(name -> input.stream().noneMatch(field -> field.name().equals(name)))
                .forEach(name -> input.add(FieldSpec.optional(name, "Renamed when it is there.")));
        Set<String> dropped = new HashSet<>(config.list(DROP));
        return new Footprint(
                List.copyOf(input),
                FieldsRead.needed(expressions),
                List.of(OUT),
                List.of(),
                Map.of(
                        OUT.port(),
                        new Carried(
                                dropped,
                                renamed,
                                Set.copyOf(config.expressions(SET).keySet()),
                                Set.of())));
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        Map<String, String> renamed = config.texts(RENAME);
        Set<String> dropped = Set.copyOf(config.list(DROP));
        Set<String> set = config.expressions(SET).keySet();
        List<SettingProblem> problems = new ArrayList<>();
        if (renamed.isEmpty() && dropped.isEmpty() && set.isEmpty()) {
            problems.add(
                    new SettingProblem(SET, "nothing is renamed, dropped or set", "give at least one of the three"));
        }
        Set<String> targets = new HashSet<>();
        renamed.forEach((from, to) -> {
            if (to.isEmpty()) {
                problems.add(
                        new SettingProblem(RENAME + "." + from, "the new name of " + from + " is empty", "give one"));
            }
            if (dropped.contains(from)) {
                problems.add(new SettingProblem(
                        RENAME + "." + from, from + " is both renamed and dropped", "keep one of the two"));
            }
            if (!targets.add(to) || set.contains(to)) {
                problems.add(new SettingProblem(
                        RENAME + "." + from, "field " + to + " gets two values", "give each a name of its own"));
            }
        });
        return problems;
    }
}
