package io.heatwire.wiring.graph;

import java.util.List;

/**
 * The sentinels that know where the primary is.
 *
 * @param master the name under which they know it
 */
public record SentinelWire(String master, List<Node> nodes, Login login) {

    /** One sentinel. */
    public record Node(String host, int port) {}
}
