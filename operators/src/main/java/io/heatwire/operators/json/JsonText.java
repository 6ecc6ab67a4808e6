package io.heatwire.operators.json;

import io.heatwire.operators.number.DecimalText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Flat objects, and lists of them, as the other services write them: separators {@code ", "} and {@code ": "}, everything
 * outside printable ASCII escaped.
 */
public final class JsonText {

    private JsonText() {}

    /**
     * An object with these names and values in the order of the map.
     *
     * @param fields values of type String, or Double for a finite number
     * @throws IllegalArgumentException for any other value
     */
    public static String object(Map<String, ?> fields) {
        return fields.entrySet().stream()
                .map(field -> quoted(field.getKey()) + ": " + value(field.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    /** An array of such objects. */
    public static String array(List<? extends Map<String, ?>> objects) {
        return objects.stream().map(JsonText::object).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String value(Object value) {
        if (value instanceof String text) {
            return quoted(text);
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return DecimalText.write(number);
        }
        throw new IllegalArgumentException("neither text nor a finite number: " + value);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.chars().forEach(c -> quoted.append(escaped((char) c)));
        return quoted.append('"').toString();
    }

    private static String escaped(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            default -> c >= ' ' && c <= '~' ? String.valueOf(c) : String.format("\\u%04x", (int) c);
        };
    }
}
