package io.heatwire.engine.health;

import io.heatwire.engine.edge.EdgeLoad;
import io.heatwire.engine.edge.EdgeState;

/**
 * The state of one edge of the wiring.
 *
 * @param stage the stage at one of its ends
 * @param from where things come from: a stream, a key or a stage
 * @param to where they go
 * @param sinceMs for how long it has been in this state, in ms
 * @param why one sentence with numbers
 * @param isWell whether nobody has to do anything
 * @param isClosed whether the stage cannot be ready: nothing can come through, or nobody knows
 * @param load how much goes over it
 */
public record EdgeHealth(
        String stage,
        String from,
        String to,
        EdgeState state,
        long sinceMs,
        String why,
        boolean isWell,
        boolean isClosed,
        EdgeLoad load) {

    /** An edge of which nobody knows how much goes over it. */
    public EdgeHealth(
            String stage,
            String from,
            String to,
            EdgeState state,
            long sinceMs,
            String why,
            boolean isWell,
            boolean isClosed) {
        this(stage, from, to, state, sinceMs, why, isWell, isClosed, EdgeLoad.UNKNOWN);
    }
}
