package io.heatwire.ops.proof;

/** A proof cannot go on; what it expected and what it saw. */
final class CannotProveException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String expected;

    CannotProveException(String expected, String seen) {
        super(seen);
        this.expected = expected;
    }

    String expected() {
        return expected;
    }
}
