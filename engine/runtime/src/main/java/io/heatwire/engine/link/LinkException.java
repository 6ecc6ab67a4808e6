package io.heatwire.engine.link;

/** Redis, or the way to it, did not do what was asked. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code for a consumer group that is gone and may not be created again by us. */
    public static final String GROUP_GONE = "GROUPGONE";

    private final Kind kind;
    private final String code;

    /** What to do about it. */
    public enum Kind {
        /** Redis refuses for now and nothing was done: the same call again after a pause, on the same connection. */
        RETRY,
        /** The connection or its state is lost, the outcome perhaps unknown: discard memory and open a new pair. */
        EPOCH_OVER,
        /** The consumer group is gone: open a new pair and create it again. */
        GROUP_LOST,
        /** Redis refuses for a reason a person must remove; tried again slowly. */
        REFUSED
    }

    /**
     * An exception about one failed call.
     *
     * @param code the first word of the error of Redis, or a word of ours such as TIMEOUT
     */
    public LinkException(Kind kind, String code, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = code;
    }

    /** What to do. */
    public Kind kind() {
        return kind;
    }

    /** Whether Redis found fault with this very call, so that the entries in it may be to blame. */
    public boolean isAboutTheCall() {
        return code.equals("ERR");
    }

    /** A short word for metrics and health. */
    public String code() {
        return code;
    }
}
