package io.heatwire.ops.status;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringPlan;
import java.net.URI;
import java.util.Comparator;
import java.util.Optional;

/** Where the engine of a wiring says how it is, for somebody on the same machine. */
public final class Listeners {

    private Listeners() {}

    /** The metrics of a stage: a listener that speaks of everything, else one that speaks of this stage. */
    public static Optional<MetricsCall> metricsOf(WiringPlan plan, String stage) {
        return plan.http().stream()
                .filter(each -> each.serves().contains(Serves.METRICS))
                .filter(each -> each.stages().isEmpty() || each.stages().contains(stage))
                .min(Comparator.comparingInt(each -> each.stages().size()))
                .map(each -> new MetricsCall(address(each, "/metrics"), each.token()));
    }

    private static URI address(HttpListener listener, String path) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create("http://" + written + ":" + listener.port() + path);
    }
}
