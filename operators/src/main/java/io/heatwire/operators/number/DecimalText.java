package io.heatwire.operators.number;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The number text of the contract, section 5.1. Plan ids hash this text, so every digit counts: other services compute the
 * same ids from the same numbers.
 */
public final class DecimalText {

    private static final Pattern DIGITS = Pattern.compile("\\p{Nd}+(_\\p{Nd}+)*");
    private static final Pattern FLOAT = Pattern.compile(
            "[+-]?(" + DIGITS + "(\\.(" + DIGITS + ")?)?|\\.(" + DIGITS + "))([eE][+-]?" + DIGITS + ")?");
    private static final Pattern INTEGER = Pattern.compile("[+-]?" + DIGITS);
    private static final double DECIMAL_FROM = 1e-4;
    private static final double EXPONENT_FROM = 1e16;

    private DecimalText() {}

    /** The number, infinities and NaN included; empty when the text is absent or no number. */
    public static OptionalDouble parse(@Nullable String text) {
        if (text == null) {
            return OptionalDouble.empty();
        }
        String trimmed = strip(text);
        if (FLOAT.matcher(trimmed).matches()) {
            return OptionalDouble.of(Double.parseDouble(ascii(trimmed)));
        }
        return switch (trimmed.toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            case "nan", "+nan", "-nan" -> OptionalDouble.of(Double.NaN);
            default -> OptionalDouble.empty();
        };
    }

    /** The number when it is finite; empty otherwise: a number that is not finite is not a number. */
    public static OptionalDouble parseFinite(@Nullable String text) {
        OptionalDouble number = parse(text);
        return number.isPresent() && Double.isFinite(number.getAsDouble()) ? number : OptionalDouble.empty();
    }

    /** The whole number; empty when the text is absent, has a fraction or exponent, or does not fit. */
    public static OptionalLong parseInteger(@Nullable String text) {
        if (text == null) {
            return OptionalLong.empty();
        }
        String trimmed = strip(text);
        if (!INTEGER.matcher(trimmed).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(ascii(trimmed)));
        } catch (NumberFormatException tooLong) {
            return OptionalLong.empty();
        }
    }

    /** The shortest text that reads back as the same number; decimal from 1e-4 to below 1e16, else with an exponent. */
    public static String write(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        if (Double.isInfinite(number)) {
            return number > 0 ? "inf" : "-inf";
        }
        if (number == 0) {
            return 1 / number < 0 ? "-0.0" : "0.0";
        }
        String short4 = fourDecimals(number);
        if (short4 != null) {
            return short4;
        }
        BigDecimal shortest = shortest(number);
        double size = Math.abs(number);
        return size >= DECIMAL_FROM && size < EXPONENT_FROM ? plain(shortest) : exponent(shortest);
    }

    /** Rounded to four decimals from the exact binary value, ties to even. */
    public static double round4(double number) {
        if (!Double.isFinite(number)) {
            return number;
        }
        double rounded =
                new BigDecimal(number).setScale(4, RoundingMode.HALF_EVEN).doubleValue();
        return rounded == 0 ? Math.copySign(0.0, number) : rounded;
    }

    /** Exactly this many decimals, rounded from the exact binary value, ties to even. */
    public static String fixed(double number, int decimals) {
        if (!Double.isFinite(number)) {
            return write(number);
        }
        String text = new BigDecimal(number)
                .setScale(decimals, RoundingMode.HALF_EVEN)
                .toPlainString();
        boolean negativeZero = (number < 0 || 1 / number < 0) && !text.startsWith("-");
        return negativeZero ? "-" + text : text;
    }

    /**
     * The quick way for what the streams mostly carry: numbers of at most four decimals and thirteen digits. So few digits read
     * back as no other number, hence they are the shortest; null for all others.
     */
    private static @Nullable String fourDecimals(double number) {
        double scaled = number * 1e4;
        if (Math.abs(scaled) >= 1e13 || scaled != Math.rint(scaled) || scaled / 1e4 != number) {
            return null;
        }
        long units = Math.abs((long) scaled);
        StringBuilder text = new StringBuilder(20);
        text.append(number < 0 ? "-" : "").append(units / 10_000).append('.');
        long fraction = units % 10_000;
        int digits = 4;
        while (digits > 1 && fraction % 10 == 0) {
            fraction /= 10;
            digits--;
        }
        String written = Long.toString(fraction);
        return text.append("0".repeat(digits - written.length()))
                .append(written)
                .toString();
    }

    /** Java 17's Double.toString is not always the shortest; widening the precision until the number reads back is. */
    private static BigDecimal shortest(double number) {
        BigDecimal exact = new BigDecimal(number);
        for (int digits = 1; digits < 17; digits++) {
            BigDecimal candidate = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (candidate.doubleValue() == number) {
                return candidate.stripTrailingZeros();
            }
        }
        return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
    }

    private static String plain(BigDecimal number) {
        String text = number.toPlainString();
        return text.indexOf('.') < 0 ? text + ".0" : text;
    }

    private static String exponent(BigDecimal number) {
        String digits = number.unscaledValue().abs().toString();
        int power = digits.length() - 1 - number.scale();
        String fraction = digits.length() > 1 ? "." + digits.substring(1) : "";
        String twoDigits = Math.abs(power) < 10 ? "0" + Math.abs(power) : Integer.toString(Math.abs(power));
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (power < 0 ? "-" : "+")
                + twoDigits;
    }

    private static String strip(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085';
    }

    private static String ascii(String number) {
        StringBuilder ascii = new StringBuilder(number.length());
        number.codePoints().filter(c -> c != '_').forEach(c -> {
            int digit = Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Character.digit(c, 10) : -1;
            if (digit >= 0) {
                ascii.append(digit);
            } else {
                ascii.appendCodePoint(c);
            }
        });
        return ascii.toString();
    }
}
