package io.heatwire.ops.cli;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringPlan;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;

/** Where a running engine says how it is. */
final class HealthListener {

    private HealthListener() {}

    /** One that speaks of everything, or else the first; empty when none serves health. */
    static Optional<HttpListener> of(WiringPlan plan) {
        return plan.http().stream()
                .filter(each -> each.serves().contains(Serves.HEALTH))
                .min(Comparator.comparingInt(each -> each.stages().isEmpty() ? 0 : 1));
    }

    /** Its page, for somebody on the same machine. */
    static URI page(HttpListener listener) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create("http://" + written + ":" + listener.port() + "/health");
    }
}
