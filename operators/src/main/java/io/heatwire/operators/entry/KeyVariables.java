package io.heatwire.operators.entry;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.expression.Expression;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The setting {@code key}: expressions for the variables of a key template. */
public final class KeyVariables {

    /** The name of the setting. */
    public static final String KEY = "key";

    /** The setting. */
    public static final Setting SETTING = Setting.block(
            KEY,
            Setting.Type.EXPRESSIONS,
            true,
            "The variables of the key template, each with its expression, such as sensor: event.sensor");

    /** A longer value is no name of anything, and keys stay in memory. */
    private static final int LONGEST = 512;

    private KeyVariables() {}

    /** The names of the variables in their order. */
    public static List<String> names(OperatorConfig config) {
        return List.copyOf(config.expressions(KEY).keySet());
    }

    /** Names that cannot be variables of a template. */
    public static List<SettingProblem> problems(OperatorConfig config) {
        return names(config).stream()
                .filter(name -> !name.matches("[a-z][a-z0-9_]*"))
                .map(name -> new SettingProblem(
                        KEY + "." + name,
                        "'" + name + "' cannot be a variable of a key template",
                        "use lower case letters, digits and _"))
                .toList();
    }

    /**
     * The values for this event.
     *
     * @throws io.heatwire.contract.expression.EvaluationException when an expression has none
     * @throws NoKeyException when one is empty or too long to be part of a key
     */
    public static Map<String, String> of(Event event, Map<String, Expression> variables) throws NoKeyException {
        Map<String, String> values = new LinkedHashMap<>();
        for (Map.Entry<String, Expression> variable : variables.entrySet()) {
            String value = variable.getValue().text(event);
            if (value.isEmpty() || value.length() > LONGEST) {
                throw new NoKeyException(variable.getKey(), value.isEmpty() ? "empty" : "longer than " + LONGEST);
            }
            values.put(variable.getKey(), value);
        }
        return values;
    }
}
