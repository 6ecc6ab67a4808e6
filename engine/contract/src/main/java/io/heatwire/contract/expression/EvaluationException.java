package io.heatwire.contract.expression;

/** An expression has no value for this event. No stack trace: it speaks of the event, not of the program. */
public final class EvaluationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private EvaluationException(String reason) {
        super(reason, null, false, false);
    }

    static EvaluationException missing(String field) {
        return new EvaluationException("missing_field:" + field);
    }

    static EvaluationException failed(int at, String why) {
        return new EvaluationException("expression_failed:" + why + " (character " + (at + 1) + ")");
    }

    /** The reason for the dead letter: {@code missing_field:NAME} or {@code expression_failed:WHY}. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
