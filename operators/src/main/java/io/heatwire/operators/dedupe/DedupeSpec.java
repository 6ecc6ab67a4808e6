package io.heatwire.operators.dedupe;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.expression.Expression;
import io.heatwire.operators.entry.FieldsRead;
import io.heatwire.operators.entry.KeyVariables;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** The declaration of the dedupe. */
public final class DedupeSpec {

    static final String SEEN = "seen";
    static final String FIRST = "first";
    static final String REPEATED = "repeated";

    private static final long LONGEST_MS = 30L * 86_400_000;

    static final Output.ToStream OUT =
            new Output.ToStream("out", List.of(), true, "The events that come first within the window, as they came.");

    static final MeterSpec EVENTS = MeterSpec.counter(
            "heatwire_dedupe_events_total",
            "Events decided by a dedupe, by whether they came first within the window.",
            Label.stage(),
            Label.of("result", FIRST, REPEATED));

    /** The dedupe. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "dedupe",
            "Hands on the first event with a key within a window; acknowledges and counts those that repeat it.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    KeyVariables.SETTING,
                    Setting.integer(
                            "window_ms",
                            0,
                            "",
                            0,
                            LONGEST_MS,
                            "How long an event is remembered, from when it was handed on, in ms; or give window_s."),
                    Setting.integer("window_s", 0, "", 0, LONGEST_MS / 1000, "The same in s.")),
            List.of(OUT),
            List.of(seen(List.of())),
            List.of(EVENTS),
            Duties.NONE,
            DedupeSpec::footprint,
            DedupeSpec::check,
            Dedupe::new);

    private DedupeSpec() {}

    static long windowMs(OperatorConfig config) {
        return Math.max(config.integer("window_ms"), config.integer("window_s") * 1000);
    }

    private static LookUpSpec seen(List<String> variables) {
        return new LookUpSpec(
                SEEN,
                LookUpSpec.Type.MARKER,
                variables,
                List.of(),
                "seen:{...}",
                "Stands while events with the same key are taken for repeated; its variables are those of key.");
    }

    private static Footprint footprint(OperatorConfig config) {
        Collection<Expression> expressions =
                config.expressions(KeyVariables.KEY).values();
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                List.of(OUT),
                List.of(seen(KeyVariables.names(config))),
                Map.of(OUT.port(), Carried.EVERYTHING));
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        List<SettingProblem> problems = new ArrayList<>(KeyVariables.problems(config));
        boolean isInMs = config.integer("window_ms") > 0;
        boolean isInS = config.integer("window_s") > 0;
        if (isInMs == isInS) {
            problems.add(new SettingProblem(
                    "window_ms",
                    isInMs ? "the window is given in ms and in s" : "the window is not given",
                    "give one of window_ms and window_s"));
        }
        return problems;
    }
}
