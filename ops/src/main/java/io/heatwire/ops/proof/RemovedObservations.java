package io.heatwire.ops.proof;

import io.heatwire.ops.look.StreamEntry;

/** The note of what proofs have taken out of a stream of observations: a hash of entry id to point, result and reason, for 30 days. */
public final class RemovedObservations {

    private static final int PARTS = 3;

    private RemovedObservations() {}

    /** The key of the note about this stream. */
    public static String key(String stream) {
        return stream + ":removed_by_proof";
    }

    /** What is noted of an entry; empty when it is no observation. */
    public static String note(StreamEntry entry) {
        String point = entry.text("obs_point").orElse("");
        String found = entry.text("heat_found").orElse("");
        return point.isEmpty() || found.isEmpty()
                ? ""
                : point + " " + found + " " + entry.text("heat_reason").orElse("");
    }

    /** Point, result and reason of a note; nothing when it is none. */
    public static String[] parts(String note) {
        String[] parts = note.split(" ", -1);
        return parts.length == PARTS ? parts : new String[0];
    }
}
