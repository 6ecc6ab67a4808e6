package io.heatwire.wiring.graph;

import io.heatwire.wiring.problem.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A place where people and scrapers ask over HTTP.
 *
 * @param port TCP port; 0 when the listener is switched off
 * @param serves what it answers: metrics, health, ready, page
 * @param stages what it speaks of; empty for all stages
 * @param token what a client must show; null for nothing
 */
public record ListenerWire(
        String host,
        int port,
        Place place,
        List<Word> serves,
        List<Word> stages,
        @Nullable String token) {

    /** Whether this address is reached from this machine only. */
    public static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.matches("127\\.[0-9.]+");
    }

    /** Hides the token. */
    @Override
    public String toString() {
        return host + ":" + port + " " + serves + " of " + stages;
    }
}
