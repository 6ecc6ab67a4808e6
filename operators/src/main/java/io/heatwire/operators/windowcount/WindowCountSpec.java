package io.heatwire.operators.windowcount;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.expression.ValueType;
import io.heatwire.operators.entry.FieldsRead;
import io.heatwire.operators.entry.KeyVariables;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The declaration of the window_count. */
public final class WindowCountSpec {

    static final String COUNTS = "counts";
    static final String SUM = "sum";
    static final String WINDOW = "window";
    static final String AT_MS = "at_ms";

    private static final String COUNT = "count";
    private static final int MOST_SUMS = 20;

    /** The window_count. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "window_count",
            "Counts events, and sums whole numbers of them, by key and window of time; each event exactly once.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    KeyVariables.SETTING,
                    required(
                            "window_s", 1, 7 * 86_400, "How long a window is, in s; windows begin at multiples of it."),
                    Setting.expression(
                            AT_MS,
                            "entry.ms",
                            "When an event was, an expression of type int: Unix time in ms. By default when its entry was appended."),
                    Setting.block(
                            SUM,
                            Setting.Type.EXPRESSIONS,
                            false,
                            "Fields with expressions of type int that are summed up; of a double, write for example"
                                    + " int(double(event.celsius) * 100.0)."),
                    required(
                            "ttl_s",
                            0,
                            31_536_000,
                            "How long a hash stands after it was last counted up, in s; at least window_s, or 0 for ever.")),
            List.of(new Output.ToCounters(COUNTS, List.of(WINDOW), List.of(COUNT), help())),
            List.of(),
            List.of(),
            Duties.NONE,
            WindowCountSpec::footprint,
            WindowCountSpec::check,
            WindowCount::new);

    private WindowCountSpec() {}

    static Output.ToCounters counts(OperatorConfig config) {
        List<String> variables = new ArrayList<>(KeyVariables.names(config));
        variables.add(WINDOW);
        List<String> fields = new ArrayList<>(List.of(COUNT));
        fields.addAll(config.expressions(SUM).keySet());
        return new Output.ToCounters(COUNTS, List.copyOf(variables), List.copyOf(fields), help());
    }

    private static String help() {
        return "The numbers of one key and window. Its variables are those of key, and window: the Unix time in s at which the window"
                + " begins.";
    }

    private static Setting required(String name, long min, long max, String help) {
        return new Setting(name, Setting.Type.INTEGER, null, "", help, min, max, List.of());
    }

    private static Footprint footprint(OperatorConfig config) {
        List<Expression> expressions =
                new ArrayList<>(config.expressions(KeyVariables.KEY).values());
        expressions.addAll(config.expressions(SUM).values());
        expressions.add(config.expression(AT_MS));
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                List.of(counts(config)),
                List.of(),
                Map.of());
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        List<SettingProblem> problems = new ArrayList<>(KeyVariables.problems(config));
        if (KeyVariables.names(config).contains(WINDOW)) {
            problems.add(new SettingProblem(
                    KeyVariables.KEY + "." + WINDOW,
                    "window is filled in by window_count itself",
                    "leave it out here"));
        }
        Map<String, Expression> sums = config.expressions(SUM);
        if (sums.containsKey(COUNT) || sums.size() > MOST_SUMS) {
            problems.add(new SettingProblem(
                    SUM,
                    sums.containsKey(COUNT) ? "count is the number of events" : "there are " + sums.size() + " sums",
                    "give at most " + MOST_SUMS + ", each a name of its own"));
        }
        sums.forEach((name, sum) -> {
            if (sum.type() != ValueType.INT) {
                problems.add(new SettingProblem(
                        SUM + "." + name,
                        name + " is a " + sum.type().word() + ", and only ints are summed up exactly",
                        "write int(...), for cents int(double(event.NAME) * 100.0)"));
            }
        });
        if (config.expression(AT_MS).type() != ValueType.INT) {
            problems.add(new SettingProblem(AT_MS, "a time in ms is an int", "write int(event.NAME)"));
        }
        long ttl = config.integer("ttl_s");
        if (ttl != 0 && ttl < config.integer("window_s")) {
            problems.add(new SettingProblem(
                    "ttl_s", "a hash would be gone before its window is over", "write at least the window_s"));
        }
        return problems;
    }
}
