package io.heatwire.engine.dead;

/**
 * What a person agreed to when putting letters back.
 *
 * @param again letters whose other effects were applied may go through the stage again
 * @param toAllGroups an entry that left its stream may be appended though other groups will read it too
 */
public record Consent(boolean again, boolean toAllGroups) {

    /** To nothing but what happens exactly once. */
    public static final Consent NONE = new Consent(false, false);
}
