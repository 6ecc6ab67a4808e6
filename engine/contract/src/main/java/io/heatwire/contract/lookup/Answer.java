package io.heatwire.contract.lookup;

import io.heatwire.contract.event.Event;
import java.util.List;
import java.util.Map;

/** What Redis said to one {@link LookUp}. A failure is an answer too: the operator decides what it means. */
public sealed interface Answer {

    /** There is no such key. */
    record Missing() implements Answer {}

    /** The fields of a hash, never empty. */
    record Fields(Map<String, String> fields) implements Answer {}

    /** A string value. */
    record Text(String text) implements Answer {}

    /** Entries of a stream, newest first, perhaps none; entries that are not UTF-8 are left out and counted. */
    record Entries(List<Event> entries, int unreadable) implements Answer {}

    /** The key could not be read as what was asked for. */
    record Failed(Failure failure, String detail) implements Answer {}

    /** Why a key could not be read. */
    enum Failure {
        /** Redis did not answer, or answered with an error. */
        REDIS_ERROR,
        /** The key holds another type. */
        WRONG_TYPE,
        /** A name or value is not UTF-8. */
        NOT_UTF8
    }

    /** The one missing answer. */
    Answer MISSING = new Missing();
}
