package io.heatwire.operators.lookupjoin;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.contract.declare.Footprint.Passing;
import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.expression.Expression;
import io.heatwire.operators.entry.FieldsRead;
import io.heatwire.operators.entry.KeyVariables;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The declaration of the lookup_join. */
public final class LookUpJoinSpec {

    static final String FROM = "from";
    static final String FIELDS = "fields";
    static final String PREFIX = "prefix";
    static final String ON_MISSING = "on_missing";
    static final String DEAD = "dead";
    static final String PASS = "pass";
    static final String DROP = "drop";
    static final String FOUND = "found";
    static final String MISSING = "missing";

    static final Output.ToStream OUT =
            new Output.ToStream("out", List.of(), true, "The events with the fields of the hash behind their own.");

    static final MeterSpec EVENTS = MeterSpec.counter(
            "heatwire_lookup_join_events_total",
            "Events decided by a lookup_join, by whether their key was there; one that became a dead letter counts there.",
            Label.stage(),
            Label.of("result", FOUND, MISSING));

    /** The lookup_join. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "lookup_join",
            "Looks a hash up by a key made of each event and adds its fields to the event.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    KeyVariables.SETTING,
                    Setting.list(
                            FIELDS,
                            "",
                            "",
                            "The fields of the hash to add; empty for all. One it has not is left out."),
                    Setting.text(
                            PREFIX,
                            "",
                            "",
                            "Put before the name of each added field; an own field of that name is replaced."),
                    Setting.choice(
                            ON_MISSING,
                            DEAD,
                            "",
                            "What becomes of an event whose key is not there: a dead letter, handed on as it came, or acknowledged"
                                    + " and counted.",
                            DEAD,
                            PASS,
                            DROP)),
            List.of(OUT),
            List.of(from(List.of(), List.of())),
            List.of(EVENTS),
            Duties.NONE,
            LookUpJoinSpec::footprint,
            KeyVariables::problems,
            LookUpJoin::new);

    private LookUpJoinSpec() {}

    private static LookUpSpec from(List<String> variables, List<String> fields) {
        return new LookUpSpec(
                FROM,
                LookUpSpec.Type.HASH,
                variables,
                fields,
                "sensor:{...}",
                "The hash whose fields are added; its variables are those of key.");
    }

    private static Footprint footprint(OperatorConfig config) {
        Collection<Expression> expressions =
                config.expressions(KeyVariables.KEY).values();
        List<String> fields = config.list(FIELDS);
        Set<String> added =
                fields.stream().map(field -> config.text(PREFIX) + field).collect(Collectors.toUnmodifiableSet());
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                List.of(OUT),
                List.of(from(KeyVariables.names(config), fields)),
                fields.isEmpty() ? Map.of() : Map.of(OUT.port(), new Carried(Set.of(), Map.of(), Set.of(), added)),
                config.text(ON_MISSING).equals(DROP) ? Passing.PERHAPS_TO_NONE : Passing.TO_EVERY_OUTPUT);
    }
}
