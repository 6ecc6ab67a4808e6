package io.heatwire.ops.ledger;

/**
 * One thing that was looked at.
 *
 * @param name what was looked at
 * @param expected what should have been seen
 * @param seen what was seen
 */
public record Check(String name, String expected, String seen, boolean isGood) {

    /** Something that is as it should be. */
    public static Check good(String name, String expected, String seen) {
        return new Check(name, expected, seen, true);
    }

    /** Something that is not as it should be. */
    public static Check bad(String name, String expected, String seen) {
        return new Check(name, expected, seen, false);
    }
}
