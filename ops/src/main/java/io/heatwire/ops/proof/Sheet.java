package io.heatwire.ops.proof;

import io.heatwire.ops.dead.Escaped;
import java.io.PrintWriter;

/** The lines of a run, printed as they come. */
final class Sheet {

    private final PrintWriter out;
    private String stage = "";
    private String test = "";
    private int passed;
    private int failed;
    private int leftOut;
    private int failedOfStage;

    Sheet(PrintWriter out) {
        this.out = out;
    }

    /** The lines from here on are about this stage. */
    void stage(String name) {
        stage = name;
        failedOfStage = 0;
    }

    /** The lines from here on belong to this test. */
    void test(String name) {
        test = name;
    }

    /** Whether no line of this stage has failed. */
    boolean isFineSoFar() {
        return failedOfStage == 0;
    }

    /** Something that is as expected, or not. */
    boolean check(String what, boolean isAsExpected, String expected, String seen) {
        if (isAsExpected) {
            passed++;
        } else {
            failed++;
            failedOfStage++;
        }
        line(isAsExpected ? "PASS" : "FAIL", what + ": expected " + expected + "; seen " + seen);
        return isAsExpected;
    }

    /** A text that is the expected one, or not. */
    boolean same(String what, String expected, String seen) {
        return check(what, expected.equals(seen), quoted(expected), quoted(seen));
    }

    private static String quoted(String text) {
        return text.isEmpty() ? "nothing" : text;
    }

    /** Something that was not tried, and why. */
    void leaveOut(String what, String why) {
        leftOut++;
        line("LEFT OUT", what + ": " + why);
    }

    private void line(String result, String text) {
        out.println(String.format("%-8s  %s  %s: %s", result, stage, test, Escaped.plain(text)));
        out.flush();
    }

    Tally tally(boolean isComplete) {
        return new Tally(passed, failed, leftOut, isComplete);
    }
}
