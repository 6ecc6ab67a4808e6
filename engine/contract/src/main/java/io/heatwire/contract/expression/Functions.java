package io.heatwire.contract.expression;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The functions of the language. */
final class Functions {

    static final Set<String> RESERVED = Set.of("in", "true", "false", "null");

    /** So many steps a search for a text in a text may take at worst. */
    private static final long MOST_STEPS = 20_000_000;

    private static final List<String> NAMED = List.of("int", "double", "string", "bool", "size", "has");
    private static final List<String> BEHIND = List.of("startsWith", "endsWith", "contains", "size");

    private Functions() {}

    /** What to write so that both are of one type. */
    static String converted(ValueType left, ValueType right) {
        if (left.isNumber() && right.isNumber()) {
            return "write double(...) around the int; a whole number as double is 30.0";
        }
        ValueType other = left == ValueType.STRING ? right : left;
        boolean hasString = left == ValueType.STRING || right == ValueType.STRING;
        return hasString ? "write " + other.word() + "(...) around the string" : "";
    }

    static ExpressionException unknownName(Token name) {
        String advice = Spelling.advice(name.text(), List.of("event", "entry", "true", "false"));
        return new ExpressionException(
                name.at(),
                "'" + name.text() + "' is not known",
                advice.isEmpty()
                        ? "a field is written event." + name.text() + ", a text \"" + name.text() + "\""
                        : advice);
    }

    /** A function that is written before its argument. */
    static Part named(Token name, List<Part> arguments) {
        if (!NAMED.contains(name.text())) {
            String advice = BEHIND.contains(name.text())
                    ? "write it behind the text: event.NAME." + name.text() + "(...)"
                    : Spelling.advice(name.text(), NAMED);
            throw unknown(name, "there is no function ", advice, NAMED);
        }
        Part of = only(name, arguments);
        return new Part(resultOf(name), name.at(), of.end() + 1, evaluation(name, of));
    }

    private static ValueType resultOf(Token name) {
        return switch (name.text()) {
            case "int", "size" -> ValueType.INT;
            case "double" -> ValueType.DOUBLE;
            case "bool" -> ValueType.BOOL;
            default -> ValueType.STRING;
        };
    }

    private static Evaluation evaluation(Token name, Part of) {
        int at = name.at();
        return switch (name.text()) {
            case "int" -> toInt(name, of);
            case "double" -> toDouble(name, of);
            case "bool" -> {
                if (of.type() != ValueType.STRING && of.type() != ValueType.BOOL) {
                    throw cannotTake(name, of);
                }
                yield of.type() == ValueType.BOOL ? of.evaluation() : event -> Conversion.toBool(of.text(event), at);
            }
            case "string" -> event -> Conversion.text(of.evaluation().of(event));
            default -> size(name, of);
        };
    }

    private static Evaluation toInt(Token name, Part of) {
        return switch (of.type()) {
            case INT -> of.evaluation();
            case DOUBLE -> event -> Conversion.toInt(of.decimal(event), name.at());
            case STRING -> event -> Conversion.toInt(of.text(event), name.at());
            case BOOL -> throw cannotTake(name, of);
        };
    }

    private static Evaluation toDouble(Token name, Part of) {
        return switch (of.type()) {
            case INT -> event -> (double) of.integer(event);
            case DOUBLE -> of.evaluation();
            case STRING -> event -> Conversion.toDouble(of.text(event), name.at());
            case BOOL -> throw cannotTake(name, of);
        };
    }

    private static Evaluation size(Token name, Part of) {
        if (of.type() != ValueType.STRING) {
            throw cannotTake(name, of);
        }
        return event -> {
            String text = of.text(event);
            return (long) text.codePointCount(0, text.length());
        };
    }

    /** A function that is written behind the text it is about. */
    static Part behind(Part text, Token name, List<Part> arguments) {
        if (!BEHIND.contains(name.text())) {
            String advice = NAMED.contains(name.text())
                    ? "write it before: " + name.text() + "(...)"
                    : Spelling.advice(name.text(), BEHIND);
            throw unknown(name, "there is no function ", advice, BEHIND);
        }
        if (text.type() != ValueType.STRING) {
            throw cannotTake(name, text);
        }
        if (name.isName("size")) {
            if (!arguments.isEmpty()) {
                throw new ExpressionException(name.at(), "size() takes nothing here", "");
            }
            return new Part(ValueType.INT, text.at(), name.end() + 2, size(name, text));
        }
        Part other = only(name, arguments);
        if (other.type() != ValueType.STRING) {
            throw cannotTake(name, other);
        }
        return new Part(ValueType.BOOL, text.at(), other.end() + 1, search(text, name, other));
    }

    private static Evaluation search(Part text, Token name, Part other) {
        return switch (name.text()) {
            case "startsWith" -> event -> text.text(event).startsWith(other.text(event));
            case "endsWith" -> event -> text.text(event).endsWith(other.text(event));
            default -> event -> contains(text.text(event), other.text(event), name.at());
        };
    }

    private static boolean contains(String text, String other, int at) {
        if ((long) text.length() * other.length() > MOST_STEPS) {
            throw EvaluationException.failed(at, "the texts are too long for contains()");
        }
        return text.contains(other);
    }

    private static Part only(Token name, List<Part> arguments) {
        if (arguments.size() != 1) {
            throw new ExpressionException(
                    name.at(), name.text() + "() takes one value, and " + arguments.size() + " are given", "");
        }
        return arguments.get(0);
    }

    private static ExpressionException cannotTake(Token name, Part of) {
        return new ExpressionException(
                of.at(), name.text() + "() cannot take " + of.type().named(), "");
    }

    private static ExpressionException unknown(Token name, String what, String advice, List<String> known) {
        return new ExpressionException(
                name.at(),
                what + name.text() + "()",
                advice.isEmpty() ? "known are " + String.join(", ", new TreeSet<>(known)) : advice);
    }
}
