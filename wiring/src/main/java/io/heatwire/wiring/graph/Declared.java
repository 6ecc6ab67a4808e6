package io.heatwire.wiring.graph;

import java.util.Set;

/** Names that the file declares, also those whose declaration has a problem: to use them is no second problem. */
public record Declared(Set<String> streams, Set<String> keys, Set<String> stages) {}
