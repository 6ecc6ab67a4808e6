package io.heatwire.ops.ledger;

/** The ledger cannot be written or read. */
public final class LedgerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What is wrong, for people. */
    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
