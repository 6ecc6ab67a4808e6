package io.heatwire.ops.demo;

/** The demo cannot run here; the message says why, for people. */
public final class CannotDemoException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotDemoException(String message) {
        super(message);
    }

    CannotDemoException(String message, Throwable cause) {
        super(message, cause);
    }
}
