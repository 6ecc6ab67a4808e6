package io.heatwire.wiring;

import java.util.List;
import java.util.Set;

/**
 * A place where people and scrapers ask.
 *
 * @param host the address to listen at
 * @param port TCP port; a file never gives 0, which takes any free port
 * @param stages what it speaks of; empty for all stages
 */
public record HttpListener(String host, int port, Set<Serves> serves, List<String> stages) {}
