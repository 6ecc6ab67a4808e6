package io.heatwire.ops.cli;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringPlan;
import java.net.URI;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Where a running engine says how it is. */
final class HealthListener {

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

    private HealthListener() {}

    /** One that speaks of everything, or else the first; empty when none serves health. */
    static Optional<HttpListener> of(WiringPlan plan) {
        return plan.http().stream()
                .filter(each -> each.serves().contains(Serves.HEALTH))
                .min(Comparator.comparingInt(each -> each.stages().isEmpty() ? 0 : 1));
    }

    /** The listener of this wiring that answers at this address; empty when that cannot be told, and no token is to go there. */
    static Optional<HttpListener> at(URI address, WiringPlan plan) {
        return plan.http().stream()
                .filter(each -> "http".equalsIgnoreCase(address.getScheme()) && each.port() == address.getPort())
                .filter(each -> isHost(each.host(), bare(address.getHost())))
                .findFirst();
    }

    private static boolean isHost(String listening, String asked) {
        boolean isEverywhere = listening.equals("0.0.0.0") || listening.equals("::");
        return listening.equalsIgnoreCase(asked)
                || (LOOPBACK.contains(asked) && (isEverywhere || LOOPBACK.contains(listening)));
    }

    private static String bare(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]") ? lower.substring(1, lower.length() - 1) : lower;
    }

    /** Its page, for somebody on the same machine. */
    static URI page(HttpListener listener) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create("http://" + written + ":" + listener.port() + "/health");
    }
}
