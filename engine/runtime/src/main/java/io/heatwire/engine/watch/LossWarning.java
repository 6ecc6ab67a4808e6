package io.heatwire.engine.watch;

/** When to say that entries are about to be lost, and when that this is over: once each, not with every look in between. */
final class LossWarning {

    private static final double SOON_SECONDS = 60;
    private static final double SAFE_SECONDS = 2 * SOON_SECONDS;
    private static final int LOOKS = 3;

    private boolean isSoon;
    private int otherwise;

    /** What there is to say. */
    enum Change {
        NONE,
        SOON,
        OVER
    }

    /** Takes the next time to loss, in seconds, below 0 for never. */
    Change look(double seconds) {
        boolean isFar = seconds < 0 || seconds >= SAFE_SECONDS;
        boolean isNear = seconds >= 0 && seconds < SOON_SECONDS;
        otherwise = (isSoon ? isFar : isNear) ? otherwise + 1 : 0;
        if (otherwise < LOOKS) {
            return Change.NONE;
        }
        otherwise = 0;
        isSoon = !isSoon;
        return isSoon ? Change.SOON : Change.OVER;
    }
}
