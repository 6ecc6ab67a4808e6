package io.heatwire.contract.declare;

import io.heatwire.contract.expression.Expression;
import io.heatwire.contract.expression.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One setting of an operator: its type, default, bounds and help, from which parsing, checks and the reference derive.
 *
 * @param name the key in the wiring
 * @param fallback the default as text; null when the wiring must give a value
 * @param env the environment name the existing services use; empty when there is none
 * @param min smallest number allowed, inclusive
 * @param max largest number allowed, inclusive
 * @param choices the words allowed for {@link Type#CHOICE}
 * @param times what the number times, for the checks of a wiring; empty when it times nothing
 */
public record Setting(
        String name,
        Type type,
        @Nullable String fallback,
        String env,
        String help,
        double min,
        double max,
        List<String> choices,
        List<Timing> times) {

    /** A setting that times nothing. */
    public Setting(
            String name,
            Type type,
            @Nullable String fallback,
            String env,
            String help,
            double min,
            double max,
            List<String> choices) {
        this(name, type, fallback, env, help, min, max, choices, List.of());
    }

    /** The same setting, declared to time this. */
    public Setting timing(Timing... what) {
        return new Setting(name, type, fallback, env, help, min, max, choices, List.of(what));
    }

    /** What a setting holds, and the Java type {@link #parse} gives for it. */
    public enum Type {
        /** Any text: String. */
        TEXT,
        /** A whole number: Long. */
        INTEGER,
        /** A finite number: Double. */
        DECIMAL,
        /** A switch: Boolean. On for true, 1, yes, on; off for false, 0, no, off and empty, in any case. */
        FLAG,
        /** One of the choices, in any case: String as declared. */
        CHOICE,
        /** Words separated by commas, blanks around them dropped, empty ones left out: List of String. */
        LIST,
        /** An expression of any type: Expression. */
        EXPRESSION,
        /** An expression that is true or false: Expression. */
        CONDITION,
        /** A block of names with a text each: Map of String to String, in the order of the file. */
        TEXTS,
        /** A block of names with an expression each: Map of String to Expression, in the order of the file. */
        EXPRESSIONS,
        /** A block of names with an expression each that is true or false: Map of String to Expression, in that order. */
        CONDITIONS;

        /** Whether it is a block of names with values, each read by {@link Setting#parseValue}. */
        public boolean isBlock() {
            return this == TEXTS || this == EXPRESSIONS || this == CONDITIONS;
        }
    }

    /** A text setting. */
    public static Setting text(String name, String fallback, String env, String help) {
        return new Setting(name, Type.TEXT, fallback, env, help, 0, 0, List.of());
    }

    /** A whole number between the bounds. */
    public static Setting integer(String name, long fallback, String env, long min, long max, String help) {
        return new Setting(
                name, Type.INTEGER, Long.toString(fallback), env, help, (double) min, (double) max, List.of());
    }

    /** A finite number between the bounds. */
    public static Setting decimal(String name, double fallback, String env, double min, double max, String help) {
        return new Setting(name, Type.DECIMAL, Double.toString(fallback), env, help, min, max, List.of());
    }

    /** A switch. */
    public static Setting flag(String name, boolean fallback, String env, String help) {
        return new Setting(name, Type.FLAG, Boolean.toString(fallback), env, help, 0, 0, List.of());
    }

    /** One word of a few. */
    public static Setting choice(String name, String fallback, String env, String help, String... choices) {
        return new Setting(name, Type.CHOICE, fallback, env, help, 0, 0, List.of(choices));
    }

    /** A list of words. */
    public static Setting list(String name, String fallback, String env, String help) {
        return new Setting(name, Type.LIST, fallback, env, help, 0, 0, List.of());
    }

    /** An expression of any type; a fallback of null makes it one the wiring must give. */
    public static Setting expression(String name, @Nullable String fallback, String help) {
        return new Setting(name, Type.EXPRESSION, fallback, "", help, 0, 0, List.of());
    }

    /** An expression that is true or false; a fallback of null makes it one the wiring must give. */
    public static Setting condition(String name, @Nullable String fallback, String help) {
        return new Setting(name, Type.CONDITION, fallback, "", help, 0, 0, List.of());
    }

    /**
     * A block of names with values, of type TEXTS, EXPRESSIONS or CONDITIONS.
     *
     * @param required whether the wiring must give it; left out it is empty otherwise
     */
    public static Setting block(String name, Type type, boolean required, String help) {
        if (!type.isBlock()) {
            throw new IllegalArgumentException(type + " is no block");
        }
        return new Setting(name, type, required ? null : "", "", help, 0, 0, List.of());
    }

    /**
     * Reads a value from its text.
     *
     * @return a value of the Java type that {@link Type} names
     * @throws IllegalArgumentException when the text is no such value; the message says what was expected, for people
     */
    public Object parse(String text) {
        String trimmed = text.strip();
        return switch (type) {
            case TEXT -> text;
            case INTEGER -> integer(trimmed);
            case DECIMAL -> decimal(trimmed);
            case FLAG -> flag(trimmed);
            case CHOICE -> choice(trimmed);
            case LIST ->
                Arrays.stream(trimmed.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
            case EXPRESSION, CONDITION -> parseValue(text);
            case TEXTS, EXPRESSIONS, CONDITIONS -> nothing(trimmed);
        };
    }

    /**
     * Reads one value of a block.
     *
     * @return a String for {@link Type#TEXTS}, else an Expression
     * @throws IllegalArgumentException when the text is no such value; the message says what was expected, for people
     */
    public Object parseValue(String text) {
        return switch (type) {
            case EXPRESSION, EXPRESSIONS -> Expression.compile(text);
            case CONDITION, CONDITIONS -> Expression.compile(text, ValueType.BOOL);
            default -> text;
        };
    }

    private static Object nothing(String text) {
        if (text.isEmpty()) {
            return Map.of();
        }
        throw new IllegalArgumentException("'" + text + "' is not a block of names with values");
    }

    private Object integer(String text) {
        if (!text.matches("[+-]?[0-9]{1,18}(_[0-9]{1,18})*")) {
            throw new IllegalArgumentException("'" + text + "' is not a whole number");
        }
        long value;
        try {
            value = Long.parseLong(text.replace("_", ""));
        } catch (NumberFormatException tooLong) {
            throw new IllegalArgumentException("'" + text + "' is too large a number", tooLong);
        }
        inBounds((double) value, text);
        return value;
    }

    private Object decimal(String text) {
        double value;
        try {
            value = Double.parseDouble(text.replaceAll("(?<=[0-9])_(?=[0-9])", ""));
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException("'" + text + "' is not a number", malformed);
        }
        // A number that is not finite is not a number; Java's type suffixes and hex forms are no user's intent.
        if (!Double.isFinite(value) || text.matches(".*[fFdDxX].*")) {
            throw new IllegalArgumentException("'" + text + "' is not a finite number");
        }
        inBounds(value, text);
        return value;
    }

    private void inBounds(double value, String text) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(
                    text + " is out of range: from " + shortest(min) + " to " + shortest(max));
        }
    }

    private static String shortest(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }

    private static Object flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1", "yes", "on" -> true;
            case "false", "0", "no", "off", "" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is neither true nor false");
        };
    }

    private Object choice(String text) {
        return choices.stream()
                .filter(choice -> choice.equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("'" + text + "' is not one of " + String.join(", ", choices)));
    }
}
