package io.heatwire.engine.link;

/**
 * One piece of what a consumer gave back to its group.
 *
 * @param entries how many others may take now
 * @param gone how many are pending but no longer in the stream: nobody could take them, so they stay with this consumer, whose
 *     next start counts them as lost
 */
public record HandedBack(long entries, long gone) {

    /** This piece and another. */
    public HandedBack plus(HandedBack other) {
        return new HandedBack(entries + other.entries, gone + other.gone);
    }
}
