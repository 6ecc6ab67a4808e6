package io.heatwire.operators.entry;

/** A value cannot be part of a key. No stack trace: it speaks of the event, not of the program. */
public final class NoKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    NoKeyException(String variable, String why) {
        super("no_key:" + variable + " is " + why, null, false, false);
    }

    /** The reason for the dead letter. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
