package io.heatwire.wiring.file;

import io.heatwire.wiring.problem.Place;
import java.util.List;

/** A part of the file, with the place where it begins. */
public sealed interface Node {

    /** Where it begins. */
    Place place();

    /**
     * A text; numbers and switches too, until somebody reads them as such.
     *
     * @param isPlain whether it was written without quotes and without a reference to the environment
     * @param from the environment variables whose values are in it, separated by commas; empty when there are none
     */
    record Scalar(String text, boolean isPlain, String from, Place place) implements Node {

        /** Whether nothing was written, or the word for nothing. */
        public boolean isNothing() {
            return isPlain && (text.isEmpty() || "~".equals(text) || "null".equalsIgnoreCase(text));
        }

        /** Hides the text: it may be a secret. */
        @Override
        public String toString() {
            return "Scalar at " + place;
        }
    }

    /** Keys with values, in the order of the file; no key comes twice. */
    record Mapping(List<Entry> entries, Place place) implements Node {}

    /** A list. */
    record Sequence(List<Node> items, Place place) implements Node {}

    /** Something of which a problem has been noted already; whoever reads it says no more about it. */
    record Broken(Place place) implements Node {}

    /** A key and its value. */
    record Entry(Scalar key, Node value) {}
}
