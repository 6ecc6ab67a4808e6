package io.heatwire.ops.demo.market;

/** A file of bars that cannot be used; the message names the file, the line and what is wrong, for people. */
public final class MarketFileException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MarketFileException(String message) {
        super(message);
    }

    MarketFileException(String message, Throwable cause) {
        super(message, cause);
    }
}
