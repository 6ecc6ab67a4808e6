package io.heatwire.contract.lookup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A key with variables in braces, for example {@code quantum:harvest:heat:by_plan:{plan_id}}.
 *
 * @param text the template as written in the wiring
 * @param parts the fixed texts; one more than there are variables
 * @param variables the names of the variables in order of appearance
 */
public record KeyTemplate(String text, List<String> parts, List<String> variables) {

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when a brace is left open or a variable has no name; the message says which
     */
    public static KeyTemplate parse(String text) {
        List<String> parts = new ArrayList<>();
        List<String> variables = new ArrayList<>();
        int from = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', from)) {
            int close = text.indexOf('}', open);
            if (close < 0) {
                throw new IllegalArgumentException("'{' without '}' in key template '" + text + "'");
            }
            String variable = text.substring(open + 1, close);
            if (!variable.matches("[a-z][a-z0-9_]*")) {
                throw new IllegalArgumentException("'" + variable + "' is not a variable name in key template '" + text
                        + "': lower case letters, digits and _ only");
            }
            parts.add(text.substring(from, open));
            variables.add(variable);
            from = close + 1;
        }
        parts.add(text.substring(from));
        return new KeyTemplate(text, List.copyOf(parts), List.copyOf(variables));
    }

    /** The key of a template without variables. */
    public String key() {
        return key(List.of(), List.of());
    }

    /** The key with this variable's value in place. */
    public String key(String variable, String value) {
        return key(List.of(variable), List.of(value));
    }

    /** The key with these two variables' values in place. */
    public String key(String first, String firstValue, String second, String secondValue) {
        return key(List.of(first, second), List.of(firstValue, secondValue));
    }

    /** The key with these variables' values in place; every variable of the template must be there. */
    public String key(Map<String, String> values) {
        return key(List.copyOf(values.keySet()), List.copyOf(values.values()));
    }

    private String key(List<String> names, List<String> values) {
        if (variables.isEmpty()) {
            return text;
        }
        StringBuilder key = new StringBuilder(text.length() + 16).append(parts.get(0));
        for (int i = 0; i < variables.size(); i++) {
            int index = names.indexOf(variables.get(i));
            if (index < 0) {
                throw new IllegalArgumentException(
                        "no value for {" + variables.get(i) + "} of key template '" + text + "'");
            }
            key.append(values.get(index)).append(parts.get(i + 1));
        }
        return key.toString();
    }
}
