package io.heatwire.engine.plan;

import io.heatwire.contract.lookup.KeyTemplate;
import java.util.Map;

/**
 * A pair: what is in the one place should soon be in the other.
 *
 * @param name the pair's name in metrics and health
 * @param of the stream whose entries are expected to have a counterpart
 * @param by the field that tells which entries belong together
 * @param in where the counterpart is looked for
 * @param withinMs an entry younger than this is not yet asked about, in ms
 * @param windowMs an entry older than this is no longer asked about, in ms
 * @param alarmBelow the share, from 0 to 1, below which it is an alarm; 0 for none
 * @param alarmAfterMs how long the share must stay below, in ms
 */
public record CoveragePlan(
        String name,
        String of,
        String by,
        Place in,
        long withinMs,
        long windowMs,
        double alarmBelow,
        long alarmAfterMs) {

    /** Where the counterpart is. */
    public sealed interface Place {

        /**
         * An entry of a stream with the same field.
         *
         * @param where further fields it must have, with their values
         */
        record InStream(String key, Map<String, String> where) implements Place {}

        /** A key with the value in place of its one variable. */
        record AtKey(KeyTemplate template) implements Place {}
    }
}
