package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;
import java.util.List;

/**
 * A pair: what is in the one stream should soon be in another place.
 *
 * @param of the stream whose entries should have a counterpart
 * @param by the field that tells which belong together
 * @param in the stream or key template with the counterpart
 * @param where fields with their values that the counterpart must have
 * @param wherePlace where they are written
 * @param withinS after how long it should be there, in s
 * @param windowS how far back is asked, in s
 * @param alarmBelow the share below which it is an alarm; 0 for none
 * @param alarmAfterS how long the share must stay below, in s
 */
public record CoverageWire(
        Word name,
        Word of,
        Word by,
        Word in,
        List<Binding> where,
        Place wherePlace,
        long withinS,
        long windowS,
        double alarmBelow,
        long alarmAfterS) {}
