package io.heatwire.ops.mode;

import java.util.Locale;

/** How a change ended. */
public enum Outcome {
    /** Changed, and seen to have its effect. */
    DONE,
    /** It is so already. */
    UNCHANGED,
    /** A condition is not met; nothing was touched. */
    BLOCKED,
    /** The new file is refused; nothing was touched. */
    REFUSED,
    /** It did not have its effect; the old file is back and runs. */
    ROLLED_BACK,
    /** The old file is back, and nobody knows what runs. */
    UNCONFIRMED,
    /** It did not have its effect, and the old file could not be put back: somebody else had changed it, or the disk refused. */
    NOT_PUT_BACK,
    /** Changed and verified, but the ledger could not be written. */
    UNRECORDED;

    /** As the ledger has it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
