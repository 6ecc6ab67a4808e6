package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;
import java.util.Map;

/**
 * The settings of a stage.
 *
 * @param values parsed values by name, defaults included
 * @param places where a value was written; settings left to their default are not there
 * @param place where the settings of the stage begin
 * @param isComplete whether every setting has a value that is fine by itself
 */
public record SettingsWire(Map<String, Object> values, Map<String, Place> places, Place place, boolean isComplete) {

    /** Where to point at for this setting. */
    public Place placeOf(String setting) {
        return places.getOrDefault(setting, place);
    }
}
