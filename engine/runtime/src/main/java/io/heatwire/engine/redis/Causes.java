package io.heatwire.engine.redis;

import org.jspecify.annotations.Nullable;

/** What is behind a failure of the client library. */
final class Causes {

    private Causes() {}

    /** The next cause; the library hides that of a failed question to the sentinels among the suppressed. Null at the end. */
    static @Nullable Throwable behind(Throwable failure) {
        Throwable cause = failure.getCause();
        if (cause != null && cause != failure) {
            return cause;
        }
        return failure.getSuppressed().length == 0 ? null : failure.getSuppressed()[0];
    }

    /** The failure itself, or the first cause behind it that has a message; the failure when none has. */
    static Throwable firstWithWords(Throwable failure) {
        for (Throwable each = failure; each != null; each = behind(each)) {
            if (each.getMessage() != null) {
                return each;
            }
        }
        return failure;
    }

    /** The last cause. */
    static Throwable deepest(Throwable failure) {
        Throwable deepest = failure;
        for (Throwable next = behind(deepest); next != null; next = behind(deepest)) {
            deepest = next;
        }
        return deepest;
    }
}
