package io.heatwire.wiring.live;

import io.heatwire.wiring.check.FieldNames;
import io.heatwire.wiring.check.FieldsOf;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.problem.Nearest;
import java.util.List;
import java.util.Set;

/**
 * A stream somebody writes at this time.
 *
 * @param fields all fields of its newest entries
 * @param perMinute entries per minute, as the newest tell
 * @param ageMs how long ago the last one was added
 */
record ActiveStream(String key, Set<String> fields, long perMinute, long ageMs) {

    /** How well it would do for these readers of another stream: 0 for not at all. */
    int fitFor(String wanted, List<WireEnd> readers) {
        if (key.equals(wanted) || readers.stream().anyMatch(reader -> !hasWhatItNeeds(reader))) {
            return 0;
        }
        boolean isNear = key.startsWith(wanted)
                || wanted.startsWith(key)
                || Nearest.to(wanted, List.of(key)).isPresent();
        boolean isTold = readers.stream().anyMatch(ActiveStream::tells);
        return (isNear ? 2 : 0) + (isTold ? 1 : 0);
    }

    /** Whether its fields say anything: a reader that needs none fits every stream. */
    private static boolean tells(WireEnd reader) {
        return reader.use() == WireEnd.Use.INPUT
                ? FieldsOf.input(reader.stage()).stream().anyMatch(field -> field.required())
                : !FieldsOf.lookedUp(reader).isEmpty();
    }

    private boolean hasWhatItNeeds(WireEnd reader) {
        if (!tells(reader)) {
            return true;
        }
        return reader.use() == WireEnd.Use.INPUT
                ? FieldNames.of(reader.stage()).hasAllRequired(fields)
                : fields.containsAll(FieldsOf.lookedUp(reader));
    }

    String says() {
        return key + " (" + perMinute + " entries a minute, the last " + Ages.shown(ageMs) + " ago)";
    }
}
