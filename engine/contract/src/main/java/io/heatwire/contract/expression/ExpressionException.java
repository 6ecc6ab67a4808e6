package io.heatwire.contract.expression;

/** A text that is no expression. The message is for people: what is wrong, at which character, and what to write instead. */
public final class ExpressionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final int at;

    ExpressionException(int at, String what, String instead) {
        super("at character " + (at + 1) + ": " + what + (instead.isEmpty() ? "" : "; " + instead));
        this.at = at;
    }

    /** Where in the text, from 0. */
    public int at() {
        return at;
    }
}
