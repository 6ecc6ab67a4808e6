package io.heatwire.engine.commit;

/** What the commit did with one entry. */
public enum Settled {
    /** No longer pending: committed before, or by another consumer. Nothing was applied. */
    REFUSED(0),
    /** Acknowledged, effects applied. */
    COMMITTED(1),
    /** Acknowledged; the guard over the whole outcome had been passed before, nothing was applied. */
    DUPLICATE(2),
    /** Acknowledged, but an effect failed after the acknowledgement: the entry is in the dead-letter stream with the error. */
    DIVERTED(3),
    /** A key of its effects holds another type: the entry went to the dead-letter stream, nothing was applied. */
    WRONG_TYPE(4),
    /** Moved to the dead-letter stream as decided. */
    DEAD(5),
    /** Still pending, or pending again: neither its effects nor its dead letter could be written. */
    PUT_BACK(6),
    /** Acknowledged; some of its effects were refused and so was its dead letter, and it could not become pending again. */
    LOST(7);

    private static final Settled[] BY_CODE = values();

    private final int code;

    Settled(int code) {
        this.code = code;
    }

    /**
     * The number the script answers with, in the low three bits; above them one bit for each duplicate group, or for HALTED the
     * position of the key in the call.
     */
    static Settled of(long reply) {
        return BY_CODE[(int) (reply & 7)];
    }

    int code() {
        return code;
    }
}
