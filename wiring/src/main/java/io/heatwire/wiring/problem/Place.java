package io.heatwire.wiring.problem;

import java.util.Comparator;

/**
 * A place in the file.
 *
 * @param line from 1; 0 when a finding belongs to no line
 * @param column from 1, in characters; 0 when a finding belongs to no column
 */
public record Place(int line, int column) implements Comparable<Place> {

    /** No place in particular. */
    public static final Place NONE = new Place(0, 0);

    private static final Comparator<Place> IN_ORDER =
            Comparator.comparingInt(Place::line).thenComparingInt(Place::column);

    @Override
    public int compareTo(Place other) {
        return IN_ORDER.compare(this, other);
    }
}
