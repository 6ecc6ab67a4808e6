package io.heatwire.contract.expression;

/**
 * A word of an expression.
 *
 * @param text as written; for a string its content
 * @param at where it begins, from 0
 * @param end just behind it
 */
record Token(Kind kind, String text, int at, int end) {

    enum Kind {
        NAME,
        INT,
        DOUBLE,
        STRING,
        SIGN,
        END
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** For messages. */
    String shown() {
        return switch (kind) {
            case END -> "the end";
            case STRING -> "a string";
            default -> "'" + text + "'";
        };
    }
}
