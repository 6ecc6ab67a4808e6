package io.heatwire.ops.operators;

import io.heatwire.ops.dead.Escaped;
import java.nio.file.Path;

/** Operators of others that cannot be used; the message is one line for people. */
public final class UnusableOperatorsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnusableOperatorsException(Path where, String what) {
        super(Escaped.plain(where + ": " + what));
    }

    UnusableOperatorsException(Path where, String what, Throwable cause) {
        super(Escaped.plain(where + ": " + what), cause);
    }
}
