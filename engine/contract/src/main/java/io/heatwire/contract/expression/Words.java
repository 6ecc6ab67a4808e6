package io.heatwire.contract.expression;

import io.heatwire.contract.expression.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Takes a text apart into words. */
final class Words {

    private static final List<String> SIGNS = List.of(
            "&&", "||", "==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "%", "!", "?", ":", "(", ")", "[", "]",
            ",", ".");

    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private Words(String text) {
        this.text = text;
    }

    /** The words of the text, with an end behind them. */
    static List<Token> of(String text) {
        return new Words(text).read();
    }

    private List<Token> read() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                at++;
            } else if (isNameStart(c)) {
                name();
            } else if (isDigit(c) || (c == '.' && isDigit(peek(1)))) {
                number();
            } else if (c == '"' || c == '\'') {
                string(c);
            } else {
                sign(c);
            }
        }
        tokens.add(new Token(Kind.END, "", at, at));
        return tokens;
    }

    private void name() {
        int from = at;
        while (at < text.length() && (isNameStart(text.charAt(at)) || isDigit(text.charAt(at)))) {
            at++;
        }
        if (isQuote(peek(0)) && at - from <= 2) {
            throw new ExpressionException(from, "raw strings and bytes are not part of the language", "");
        }
        add(Kind.NAME, from);
    }

    private void number() {
        int from = at;
        digits();
        boolean isWhole = true;
        if (peek(0) == '.' && isDigit(peek(1))) {
            isWhole = false;
            at++;
            digits();
        }
        if (peek(0) == 'e' || peek(0) == 'E') {
            isWhole = false;
            at++;
            if (peek(0) == '+' || peek(0) == '-') {
                at++;
            }
            if (!isDigit(peek(0))) {
                throw new ExpressionException(from, "the number has no exponent", "");
            }
            digits();
        }
        if (isNameStart(peek(0))) {
            throw new ExpressionException(
                    from,
                    "'" + text.substring(from, at + 1) + "' is not a number",
                    "numbers are written 12, -3 or 4.5e3");
        }
        add(isWhole ? Kind.INT : Kind.DOUBLE, from);
    }

    private void digits() {
        while (isDigit(peek(0))) {
            at++;
        }
    }

    private void string(char quote) {
        int from = at;
        if (peek(1) == quote && peek(2) == quote) {
            throw new ExpressionException(from, "strings in three quotes are not part of the language", "use one");
        }
        at++;
        StringBuilder content = new StringBuilder();
        while (peek(0) != quote) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw new ExpressionException(from, "the string has no end", "close it with " + quote);
            }
            content.append(text.charAt(at) == '\\' ? escape() : text.charAt(at));
            at++;
        }
        at++;
        tokens.add(new Token(Kind.STRING, content.toString(), from, at));
    }

    private char escape() {
        at++;
        char c = peek(0);
        return switch (c) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case '\\', '\'', '"' -> c;
            case 'u' -> unicode();
            default ->
                throw new ExpressionException(
                        at - 1, "unknown escape in a string", "known are \\n \\t \\r \\\\ \\' \\\" and \\u00e4");
        };
    }

    private char unicode() {
        int end = at + 5;
        String digits = end <= text.length() ? text.substring(at + 1, end) : "";
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            throw new ExpressionException(at - 1, "\\u needs four hexadecimal digits", "");
        }
        char c = (char) Integer.parseInt(digits, 16);
        if (Character.isSurrogate(c)) {
            throw new ExpressionException(at - 1, "\\u cannot be half a character", "write the character itself");
        }
        at += 4;
        return c;
    }

    private void sign(char c) {
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                at += sign.length();
                tokens.add(new Token(Kind.SIGN, sign, at - sign.length(), at));
                return;
            }
        }
        String instead = switch (c) {
            case '=' -> "write == to compare";
            case '&' -> "write &&";
            case '|' -> "write ||";
            default -> "";
        };
        String shown = Character.isISOControl(c) || c > '~' ? "this character" : "'" + c + "'";
        throw new ExpressionException(at, shown + " means nothing here", instead);
    }

    private void add(Kind kind, int from) {
        tokens.add(new Token(kind, text.substring(from, at), from, at));
    }

    /** The character this far ahead; 0 behind the end. */
    private char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
    }

    private static boolean isQuote(char c) {
        return c == '"' || c == '\'';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }
}
