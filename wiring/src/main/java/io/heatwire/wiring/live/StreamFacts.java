package io.heatwire.wiring.live;

import java.util.Map;

/**
 * A stream that is there.
 *
 * @param lastMs when the last entry was added, as its id says, in Unix ms; 0 when there never was one
 */
record StreamFacts(long length, long lastMs) {

    static StreamFacts read(Object reply) {
        Map<String, Object> facts = Replies.pairs(reply);
        return new StreamFacts(
                Replies.number(facts.getOrDefault("length", 0L)),
                Replies.msOf(facts.getOrDefault("last-generated-id", "0-0")));
    }

    /** Whether nobody has ever written it: our own groups make the stream they wait for. */
    boolean wasNeverWritten() {
        return lastMs == 0 && length == 0;
    }
}
