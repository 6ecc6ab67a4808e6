package io.heatwire.engine.edge;

import java.util.List;

/**
 * Whether the newest entries of a stream, or a hash, have the fields a reader needs.
 *
 * @param seen how many were looked at
 * @param fitting how many of them have the fields
 * @param missing the first field the newest lacks; empty when it has all
 * @param there the names of the newest one's fields, not all of them if there are many; empty when they were not asked for
 */
public record FieldSample(long seen, long fitting, String missing, List<String> there) {

    /** Nothing was looked at. */
    public static final FieldSample NONE = new FieldSample(0, 0, "", List.of());

    boolean isUnfit() {
        return seen > 0 && fitting == 0;
    }
}
