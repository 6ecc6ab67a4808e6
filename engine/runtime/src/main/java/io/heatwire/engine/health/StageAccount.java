package io.heatwire.engine.health;

/**
 * What became of all entries a stage has read since the process began. An interval stage reads one for each item and turn.
 *
 * @param dead moved to the dead letters, for whatever reason
 * @param dropped acknowledged without waiting, since there was no room
 * @param refused found no longer pending by the commit
 * @param givenUp let go with a lost connection or put back: read again, unless its commit was done and only the answer was lost
 * @param unaccounted what is left over; 0 unless the engine has a fault
 * @param isWrong whether something has been left over for so long that it is no matter of the moment
 */
public record StageAccount(
        String stage,
        long read,
        long committed,
        long duplicate,
        long dead,
        long dropped,
        long refused,
        long lost,
        long givenUp,
        long inFlight,
        long unaccounted,
        boolean isWrong) {

    /** The same account with the verdict of whoever has watched it. */
    public StageAccount judged(boolean wrong) {
        return new StageAccount(
                stage, read, committed, duplicate, dead, dropped, refused, lost, givenUp, inFlight, unaccounted, wrong);
    }
}
