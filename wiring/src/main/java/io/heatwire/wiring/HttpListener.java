package io.heatwire.wiring;

import io.heatwire.wiring.graph.ListenerWire;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place where people and scrapers ask.
 *
 * @param host the address to listen at
 * @param port TCP port; a file never gives 0, which takes any free port
 * @param stages what it speaks of; empty for all stages
 * @param token what a client must show as a bearer; null for nothing
 */
public record HttpListener(
        String host,
        int port,
        Set<Serves> serves,
        List<String> stages,
        @Nullable String token) {

    /** A listener that answers whoever reaches it. */
    public HttpListener(String host, int port, Set<Serves> serves, List<String> stages) {
        this(host, port, serves, stages, null);
    }

    /** Whether whoever gets an answer has shown a token, or is on this machine. */
    public boolean isGuarded() {
        return token != null || ListenerWire.isLoopback(host);
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return host + ":" + port + " " + serves + " of " + stages + (token == null ? "" : ", with a token");
    }
}
