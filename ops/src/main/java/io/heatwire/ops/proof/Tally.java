package io.heatwire.ops.proof;

/**
 * How the proofs came out.
 *
 * @param leftOut how many did not run, each with a line that says why; they count neither as passed nor as failed
 * @param isComplete whether nobody stopped them
 */
public record Tally(int passed, int failed, int leftOut, boolean isComplete) {

    /** Whether something was proved and nothing failed. */
    public boolean isProved() {
        return isComplete && failed == 0 && passed > 0;
    }

    /** The last line. */
    public String line() {
        return passed + " of " + (passed + failed) + " passed"
                + (leftOut == 0 ? "" : ", " + leftOut + " left out")
                + (isComplete ? "" : "; stopped before the end");
    }
}
