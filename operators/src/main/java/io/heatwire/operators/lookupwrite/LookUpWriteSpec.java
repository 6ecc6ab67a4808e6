package io.heatwire.operators.lookupwrite;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.OperatorSpec.Duties;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Footprint.Carried;
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

/** The declaration of the lookup_write. */
public final class LookUpWriteSpec {

    static final String TYPE = "type";
    static final String HASH = "hash";
    static final String VALUE = "value";
    static final String SET = "set";
    static final String NEWEST_BY = "newest_by";
    static final String TTL = "ttl_s";

    private static final String TO = "to";
    private static final String NO_VALUE = "''";
    private static final String HELP = "What the newest event with this key says; the variables are those of key.";

    /** The lookup_write. */
    public static final OperatorSpec SPEC = new OperatorSpec(
            "lookup_write",
            "Writes a hash or a string under a key made of each event, with a time to live.",
            OperatorSpec.Kind.STREAM,
            List.of(),
            List.of(
                    KeyVariables.SETTING,
                    Setting.choice(TYPE, HASH, "", "What is written.", HASH, VALUE),
                    Setting.block(
                            SET,
                            Setting.Type.EXPRESSIONS,
                            false,
                            "For a hash, its fields with their expressions; left out, the hash is replaced by all fields of the"
                                    + " event."),
                    Setting.expression(VALUE, NO_VALUE, "For a string, its value."),
                    Setting.text(
                            NEWEST_BY,
                            "",
                            "",
                            "For a hash with set, a field of it of type int, such as a time: an event with a smaller number"
                                    + " than the one that stands there changes nothing."),
                    new Setting(
                            TTL,
                            Setting.Type.INTEGER,
                            null,
                            "",
                            "How long the key stands after its last write, in s; 0 keeps it for ever.",
                            0,
                            31_536_000,
                            List.of())),
            List.of(new Output.ToHash(TO, List.of(), List.of(), true, null, HELP)),
            List.of(),
            List.of(),
            Duties.NONE,
            LookUpWriteSpec::footprint,
            LookUpWriteSpec::check,
            LookUpWrite::new);

    private LookUpWriteSpec() {}

    static boolean isHash(OperatorConfig config) {
        return config.text(TYPE).equals(HASH);
    }

    static Output.ToHash hash(OperatorConfig config) {
        List<String> fields = List.copyOf(config.expressions(SET).keySet());
        String newestBy = config.text(NEWEST_BY);
        return new Output.ToHash(
                TO, KeyVariables.names(config), fields, fields.isEmpty(), newestBy.isEmpty() ? null : newestBy, HELP);
    }

    static Output.ToValue value(OperatorConfig config) {
        return new Output.ToValue(TO, KeyVariables.names(config), null, HELP);
    }

    private static Footprint footprint(OperatorConfig config) {
        List<Expression> expressions =
                new ArrayList<>(config.expressions(KeyVariables.KEY).values());
        if (isHash(config)) {
            expressions.addAll(config.expressions(SET).values());
        } else {
            expressions.add(config.expression(VALUE));
        }
        boolean isWhole = isHash(config) && config.expressions(SET).isEmpty();
        return new Footprint(
                FieldsRead.declared(expressions),
                FieldsRead.needed(expressions),
                List.of(isHash(config) ? hash(config) : value(config)),
                List.of(),
                isWhole ? Map.of(TO, Carried.EVERYTHING) : Map.of());
    }

    private static List<SettingProblem> check(OperatorConfig config) {
        List<SettingProblem> problems = new ArrayList<>(KeyVariables.problems(config));
        boolean hasValue = !config.expression(VALUE).toString().equals(NO_VALUE);
        if (isHash(config) && hasValue) {
            problems.add(new SettingProblem(VALUE, "a hash has no value", "write type: value, or set: instead"));
        } else if (!isHash(config) && !hasValue) {
            problems.add(new SettingProblem(VALUE, "the value is not given", "add value: event.NAME"));
        }
        if (!isHash(config) && !config.expressions(SET).isEmpty()) {
            problems.add(new SettingProblem(SET, "a string has no fields", "write type: hash, or value: instead"));
        }
        String newestBy = config.text(NEWEST_BY);
        Expression order = config.expressions(SET).get(newestBy);
        if (!newestBy.isEmpty() && (order == null || order.type() != ValueType.INT)) {
            problems.add(new SettingProblem(
                    NEWEST_BY,
                    order == null
                            ? "set has no field " + newestBy
                            : newestBy + " is a " + order.type().word(),
                    "name a field of set that is an int, such as ms: entry.ms"));
        }
        return problems;
    }
}
