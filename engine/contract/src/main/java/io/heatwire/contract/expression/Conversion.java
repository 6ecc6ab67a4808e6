package io.heatwire.contract.expression;

import java.math.BigDecimal;

/** Turns values of one type into another. Each failure says what could not be read. */
final class Conversion {

    /** No number is longer; reading a longer text would only cost time. */
    private static final int LONGEST_NUMBER = 100;

    private static final int LONGEST_SHOWN = 40;

    private Conversion() {}

    static String text(Object value) {
        if (value instanceof Double number) {
            return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
        }
        return value.toString();
    }

    static long toInt(String text, int at) {
        if (text.length() <= LONGEST_NUMBER && isWhole(text)) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException tooLong) {
                throw EvaluationException.failed(at, "int() cannot hold " + shown(text));
            }
        }
        throw EvaluationException.failed(at, "int() cannot read " + shown(text));
    }

    static long toInt(double number, int at) {
        // 2^63 itself is a double and no int.
        if (number < -0x1p63 || number >= 0x1p63) {
            throw EvaluationException.failed(at, "int() cannot hold " + text(number));
        }
        return (long) number;
    }

    static double toDouble(String text, int at) {
        if (text.length() <= LONGEST_NUMBER && isDecimal(text)) {
            return finite(Double.parseDouble(text), at);
        }
        throw EvaluationException.failed(at, "double() cannot read " + shown(text));
    }

    static boolean toBool(String text, int at) {
        return switch (text) {
            case "true", "True", "TRUE", "t", "1" -> true;
            case "false", "False", "FALSE", "f", "0" -> false;
            default -> throw EvaluationException.failed(at, "bool() cannot read " + shown(text));
        };
    }

    static double finite(double number, int at) {
        if (!Double.isFinite(number)) {
            throw EvaluationException.failed(at, "the result is not a finite number");
        }
        return number;
    }

    private static boolean isWhole(String text) {
        int from = text.startsWith("-") ? 1 : 0;
        return text.length() > from && text.chars().skip(from).allMatch(Conversion::isDigit);
    }

    /** Digits, sign, point and exponent; Java's own reading takes suffixes, hexadecimal and blanks besides. */
    private static boolean isDecimal(String text) {
        boolean hasDigit = false;
        boolean isInExponent = false;
        boolean hasPoint = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isDigit(c)) {
                hasDigit = true;
            } else if (c == '.' && !hasPoint && !isInExponent) {
                hasPoint = true;
            } else if ((c == 'e' || c == 'E') && hasDigit && !isInExponent) {
                isInExponent = true;
                hasDigit = false;
            } else if (!((c == '-' || c == '+') && (i == 0 || "eE".indexOf(text.charAt(i - 1)) >= 0))) {
                return false;
            }
        }
        return hasDigit;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static String shown(String text) {
        return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + "'";
    }
}
