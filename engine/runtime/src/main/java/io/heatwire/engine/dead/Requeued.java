package io.heatwire.engine.dead;

import java.util.List;

/**
 * What became of one letter that was to be put back.
 *
 * @param detail what the result speaks of, as it stands in Redis
 */
public record Requeued(Result result, List<String> detail) {

    /** What happened, or why nothing did. */
    public enum Result {
        /** The entry is pending in its group again, under its old id. Detail: the id. */
        PUT_BACK,
        /** The entry had left its stream and was appended as a new one. Detail: the new id. */
        APPENDED,
        /** There is no such letter (any longer). */
        ABSENT,
        /** No stage wrote this letter, or it cannot be read. */
        FOREIGN,
        /** An effect failed when the others had been applied, and nobody said they may be applied again. Detail: the reason. */
        EFFECTS_APPLIED,
        /** The entry is pending in its group already. Detail: the consumer that holds it. */
        PENDING,
        /** The stream does not have the group of the stage. */
        NO_GROUP,
        /** The entry has left its stream, and other groups would read a new one too. Detail: the old id, then these groups. */
        OTHER_GROUPS,
        /** The entry has left its stream before the letter was written, so the letter has none of its fields. Detail: the id. */
        NO_FIELDS,
        /** The input stream has reached its cap. Detail: the cap. */
        FULL,
        /** The entry has left its stream, and it has more fields than a script can append. Detail: how many. */
        TOO_WIDE,
        /** The stage reads no stream. */
        NO_INPUT
    }

    /** Whether the letter is gone and its entry on its way. */
    public boolean isDone() {
        return result == Result.PUT_BACK || result == Result.APPENDED;
    }
}
