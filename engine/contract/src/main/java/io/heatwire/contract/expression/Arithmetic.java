package io.heatwire.contract.expression;

import java.util.function.LongSupplier;

/** What is done with numbers; + also joins strings. Overflow and division by zero are failures, never wrong numbers. */
final class Arithmetic {

    /** Joining a field to itself again and again must not fill the memory. */
    private static final int LONGEST_TEXT = 1 << 20;

    private Arithmetic() {}

    static Part of(Part left, Token sign, Part right) {
        if (left.type() != right.type()) {
            throw new ExpressionException(
                    sign.at(),
                    "'" + sign.text() + "' cannot take " + left.type().named() + " and "
                            + right.type().named(),
                    Functions.converted(left.type(), right.type()));
        }
        Evaluation evaluation = switch (left.type()) {
            case INT -> integers(left, sign, right);
            case DOUBLE -> decimals(left, sign, right);
            case STRING -> sign.isSign("+") ? joined(left, sign, right) : null;
            case BOOL -> null;
        };
        if (evaluation == null) {
            throw new ExpressionException(
                    sign.at(),
                    "'" + sign.text() + "' cannot take " + left.type().word() + "s",
                    left.type() == ValueType.STRING ? "fields are strings: write int(...) or double(...)" : "");
        }
        return new Part(left.type(), left.at(), right.end(), evaluation);
    }

    static Part negative(Token sign, Part of) {
        Evaluation evaluation = switch (of.type()) {
            case INT -> event -> exact(sign, () -> Math.negateExact(of.integer(event)));
            case DOUBLE -> event -> -of.decimal(event);
            case STRING, BOOL ->
                throw new ExpressionException(
                        sign.at(),
                        "'-' cannot take " + of.type().named(),
                        of.type() == ValueType.STRING ? "write int(...) or double(...) around it" : "");
        };
        return new Part(of.type(), sign.at(), of.end(), evaluation);
    }

    private static Evaluation integers(Part left, Token sign, Part right) {
        return switch (sign.text()) {
            case "+" -> event -> exact(sign, () -> Math.addExact(left.integer(event), right.integer(event)));
            case "-" -> event -> exact(sign, () -> Math.subtractExact(left.integer(event), right.integer(event)));
            case "*" -> event -> exact(sign, () -> Math.multiplyExact(left.integer(event), right.integer(event)));
            case "/" -> event -> quotient(left.integer(event), sign, right.integer(event));
            default -> event -> remainder(left.integer(event), sign, right.integer(event));
        };
    }

    private static Evaluation decimals(Part left, Token sign, Part right) {
        return switch (sign.text()) {
            case "+" -> event -> Conversion.finite(left.decimal(event) + right.decimal(event), sign.at());
            case "-" -> event -> Conversion.finite(left.decimal(event) - right.decimal(event), sign.at());
            case "*" -> event -> Conversion.finite(left.decimal(event) * right.decimal(event), sign.at());
            case "/" -> event -> Conversion.finite(left.decimal(event) / right.decimal(event), sign.at());
            default -> throw new ExpressionException(sign.at(), "'%' takes ints only", "write int(...) around both");
        };
    }

    private static Evaluation joined(Part left, Token sign, Part right) {
        return event -> {
            String first = left.text(event);
            String second = right.text(event);
            if (first.length() + second.length() > LONGEST_TEXT) {
                throw EvaluationException.failed(sign.at(), "the text is longer than " + LONGEST_TEXT + " characters");
            }
            return first + second;
        };
    }

    private static Object quotient(long left, Token sign, long right) {
        notZero(sign, right);
        return exact(sign, () -> right == -1 ? Math.negateExact(left) : left / right);
    }

    private static Object remainder(long left, Token sign, long right) {
        notZero(sign, right);
        return left % right;
    }

    private static void notZero(Token sign, long divisor) {
        if (divisor == 0) {
            throw EvaluationException.failed(sign.at(), "division by zero");
        }
    }

    private static Object exact(Token sign, LongSupplier calculation) {
        try {
            return calculation.getAsLong();
        } catch (ArithmeticException overflow) {
            throw EvaluationException.failed(sign.at(), "the result is too large for an int");
        }
    }
}
