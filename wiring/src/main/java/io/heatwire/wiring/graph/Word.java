package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;

/**
 * A text with the place where it was written.
 *
 * @param text empty when it is missing, which has been noted
 */
public record Word(String text, Place place) {

    /** Whether there is nothing to look at: a problem has been noted already. */
    public boolean isMissing() {
        return text.isEmpty();
    }
}
