package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the file says of the two ends of a stream or key.
 *
 * @param external who else writes it, for people; missing when nobody does
 * @param pace how much silence is normal
 * @param fields the fields an external writer provides; empty when the file does not say
 * @param fieldsPlace where the fields are written
 * @param terminal whether nobody in this wiring reads it, on purpose
 */
public record Ends(Word external, Pace pace, List<Word> fields, Place fieldsPlace, Mark terminal) {

    /** Something the file says is meant, and where. */
    public record Mark(boolean isOn, Place place) {}

    /** Whether a program outside this wiring writes it. */
    public boolean isWrittenOutside() {
        return !external.isMissing();
    }

    /** Whether the file names the fields. */
    public boolean namesFields() {
        return !fields.isEmpty();
    }

    /** The fields the file names. */
    public Set<String> fieldNames() {
        return fields.stream().map(Word::text).collect(Collectors.toUnmodifiableSet());
    }
}
