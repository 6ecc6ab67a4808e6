package io.heatwire.engine;

/** The server cannot run the engine; the message says what it is and what is needed. */
public final class UnsuitableServerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** An exception with a message for people. */
    public UnsuitableServerException(String message) {
        super(message);
    }
}
