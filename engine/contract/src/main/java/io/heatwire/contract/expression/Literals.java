package io.heatwire.contract.expression;

import java.util.List;

/** Values that stand in the expression, and those of the entry itself. */
final class Literals {

    private Literals() {}

    static Part constant(ValueType type, Token token, Object value) {
        return new Part(type, token.at(), token.end(), event -> value);
    }

    static Part integer(String digits, int at, int end) {
        long value;
        try {
            value = Long.parseLong(digits);
        } catch (NumberFormatException tooLong) {
            throw new ExpressionException(at, digits + " is too large for an int", "");
        }
        return new Part(ValueType.INT, at, end, event -> value);
    }

    static Part decimal(Token token) {
        double value = Double.parseDouble(token.text());
        if (!Double.isFinite(value)) {
            throw new ExpressionException(token.at(), "the number is too large for a double", "");
        }
        return constant(ValueType.DOUBLE, token, value);
    }

    static Part ofEntry(Token entry, Token name) {
        return switch (name.text()) {
            case "id" ->
                new Part(
                        ValueType.STRING,
                        entry.at(),
                        name.end(),
                        event -> event.id().toString());
            case "ms" ->
                new Part(
                        ValueType.INT,
                        entry.at(),
                        name.end(),
                        event -> event.id().ms());
            default ->
                throw new ExpressionException(
                        name.at(), "entry has no " + name.text(), Spelling.advice(name.text(), List.of("id", "ms")));
        };
    }
}
