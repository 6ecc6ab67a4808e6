package io.heatwire.wiring.graph;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.wiring.problem.Place;

/**
 * A declared key or key template.
 *
 * @param place where the template was written
 * @param isFromEnvironment whether somebody outside the file chose the key
 * @param external who else writes it, for people; empty when nobody does
 */
public record KeyWire(
        Word name,
        KeyTemplate template,
        Place place,
        LookUpSpec.Type type,
        boolean isFromEnvironment,
        String external) {}
