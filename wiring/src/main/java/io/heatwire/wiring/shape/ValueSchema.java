package io.heatwire.wiring.shape;

import io.heatwire.contract.declare.Setting;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a value has to look like, as JSON Schema. Any value may also come from the environment: {@code ${NAME}}. */
record ValueSchema(Map<String, Object> json) {

    private static final Map<String, Object> REFERENCE = Map.of("type", "string", "pattern", "\\$\\{[A-Za-z_]");
    private static final List<String> SCALAR = List.of("string", "number", "boolean");

    /** Nothing is known of it. */
    static final ValueSchema ANYTHING = new ValueSchema(Map.of());

    /** Any single value. */
    static final ValueSchema TEXT = new ValueSchema(Map.of("type", SCALAR));

    /** Words, as a list or with commas. */
    static final ValueSchema WORDS = new ValueSchema(Map.of(
            "anyOf", List.of(Map.of("type", SCALAR), Map.of("type", "array", "items", Map.of("type", SCALAR)))));

    /** Names of the file's own choice with a single value each. */
    static final ValueSchema BINDINGS =
            new ValueSchema(Map.of("type", "object", "additionalProperties", Map.of("type", SCALAR)));

    /** A block that is described elsewhere in the schema. */
    static ValueSchema block(String title) {
        return new ValueSchema(Map.of("$ref", "#/$defs/" + title.replace(' ', '_')));
    }

    /** One of these words, in any case. */
    static ValueSchema oneOf(List<String> words) {
        return anyOf(List.of(Map.of("enum", words), Map.of("type", "string", "pattern", anyCase(words))));
    }

    /** What a setting may hold. */
    static ValueSchema of(Setting setting) {
        return switch (setting.type()) {
            case TEXT, EXPRESSION, CONDITION -> TEXT;
            case TEXTS, EXPRESSIONS, CONDITIONS -> BINDINGS;
            case LIST -> WORDS;
            case INTEGER -> number("integer", "^\\s*[+-]?[0-9_]+\\s*$", setting);
            case DECIMAL -> number("number", "^\\s*[+-]?[0-9._eE+-]+\\s*$", setting);
            case CHOICE -> oneOf(setting.choices());
            case FLAG ->
                anyOf(List.of(
                        Map.of("type", "boolean"),
                        Map.of("enum", List.of(0, 1)),
                        Map.of(
                                "type",
                                "string",
                                "pattern",
                                anyCase(List.of("true", "false", "1", "0", "yes", "no", "on", "off")))));
        };
    }

    /** A number may also stand in quotes. */
    private static ValueSchema number(String type, String pattern, Setting setting) {
        Map<String, Object> number = new LinkedHashMap<>();
        number.put("type", type);
        number.put("minimum", plain(setting.min()));
        number.put("maximum", plain(setting.max()));
        return anyOf(List.of(number, Map.of("type", "string", "pattern", pattern)));
    }

    private static Number plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15 ? (Number) (long) bound : (Number) bound;
    }

    private static String anyCase(List<String> words) {
        StringBuilder pattern = new StringBuilder("^(");
        for (String word : words) {
            pattern.append(pattern.length() > 2 ? "|" : "");
            word.codePoints().forEach(c -> {
                if (Character.isLetter(c)) {
                    pattern.append('[')
                            .appendCodePoint(Character.toLowerCase(c))
                            .appendCodePoint(Character.toUpperCase(c))
                            .append(']');
                } else {
                    pattern.appendCodePoint(c);
                }
            });
        }
        return pattern.append(")$").toString();
    }

    private static ValueSchema anyOf(List<Map<String, Object>> all) {
        List<Map<String, Object>> any = new ArrayList<>(all);
        any.add(REFERENCE);
        return new ValueSchema(Map.of("anyOf", any));
    }

    /** The same, or one of these words; the same when there are none. */
    ValueSchema or(List<String> words) {
        return words.isEmpty() ? this : new ValueSchema(Map.of("anyOf", List.of(json, oneOf(words).json)));
    }

    /** The same with a text for people. */
    ValueSchema described(String help) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("description", help);
        described.putAll(json);
        return new ValueSchema(described);
    }
}
