package io.heatwire.wiring.graph;

import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.wiring.problem.Place;

/**
 * A declared key or key template.
 *
 * @param place where the template was written
 * @param isFromEnvironment whether somebody outside the file chose the key
 * @param ends who writes and who reads it, as far as the file says
 */
public record KeyWire(
        Word name, KeyTemplate template, Place place, LookUpSpec.Type type, boolean isFromEnvironment, Ends ends) {}
