package io.heatwire.wiring.problem;

/**
 * The other end of a broken wire.
 *
 * @param what what stands there, in a few words
 */
public record Related(Place place, String what) {

    /** What stands there is made safe for a terminal. */
    public Related {
        what = Shown.safe(what);
    }
}
