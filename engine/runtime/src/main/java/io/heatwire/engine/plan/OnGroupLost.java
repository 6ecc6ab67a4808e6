package io.heatwire.engine.plan;

import java.util.Locale;

/** What becomes of a consumer group that had a saved offset and is gone. Whatever it is, it is also an alarm. */
public enum OnGroupLost {
    /** It is created again where it stood: nothing is skipped, and nothing that is settled comes again. */
    RESUME,
    /** It is created again at the beginning: everything the stream still holds comes again. */
    EARLIEST,
    /** It is created again at the end: what the stream holds is skipped and counted. */
    LATEST,
    /** It is not created: the stage waits until a person has created it. */
    STOP;

    /** The word for it in a wiring. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
