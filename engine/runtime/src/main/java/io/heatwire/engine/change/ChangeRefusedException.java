package io.heatwire.engine.change;

/** A plan cannot take the place of the one that runs, which therefore runs on. */
public final class ChangeRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean rolledBack;

    /**
     * An exception that says why, for people.
     *
     * @param rolledBack whether stages had been drained already, so that the old ones had to be started again
     */
    public ChangeRefusedException(String message, boolean rolledBack) {
        super(message);
        this.rolledBack = rolledBack;
    }

    /** Whether stages had been drained already and were started again. */
    public boolean isRolledBack() {
        return rolledBack;
    }
}
