package io.heatwire.ops.proof;

/** Somebody asked to stop. */
final class EndedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EndedException() {
        super("stopped by request");
    }
}
