package io.heatwire.ops.status;

import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.ListenerWire;
import io.heatwire.wiring.graph.Word;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Where the engine of a wiring says how it is, for somebody on the same machine. */
public final class Listeners {

    private static final Comparator<HttpListener> NARROW_FIRST = Comparator.comparingInt(
            each -> each.stages().isEmpty() ? Integer.MAX_VALUE : each.stages().size());

    private Listeners() {}

    /** The metrics of a stage: its own listener first, then the others that speak of it in turn. */
    public static Optional<MetricsCall> metricsOf(WiringPlan plan, String stage) {
        return call(plan.http().stream(), stage, NARROW_FIRST);
    }

    /** The metrics of a stage and of those around it: a listener that speaks of everything first. */
    public static Optional<MetricsCall> metricsAround(WiringPlan plan, String stage) {
        return call(plan.http().stream(), stage, NARROW_FIRST.reversed());
    }

    /** The metrics of a stage that may run in another engine of the same wiring. */
    public static Optional<MetricsCall> metricsAnywhere(Graph graph, String stage) {
        return call(
                graph.listeners().stream()
                        .filter(listener -> listener.port() != 0)
                        .filter(listener -> listener.serves().stream()
                                .anyMatch(word ->
                                        word.text().equals(Serves.METRICS.name().toLowerCase(Locale.ROOT))))
                        .map(Listeners::listener),
                stage,
                NARROW_FIRST);
    }

    private static HttpListener listener(ListenerWire wire) {
        List<String> stages = wire.stages().stream().map(Word::text).toList();
        return new HttpListener(wire.host(), wire.port(), Set.of(Serves.METRICS), stages, wire.token());
    }

    private static Optional<MetricsCall> call(
            Stream<HttpListener> listeners, String stage, Comparator<HttpListener> order) {
        return listeners
                .filter(each -> each.serves().contains(Serves.METRICS))
                .filter(each -> each.stages().isEmpty() || each.stages().contains(stage))
                .sorted(order)
                .map(each -> new MetricsCall(address(each, "/metrics"), each.token()))
                .reduce((first, second) -> first.orElse(second, stage));
    }

    private static URI address(HttpListener listener, String path) {
        String host = listener.host();
        String reachable = host.equals("0.0.0.0") ? "127.0.0.1" : host.equals("::") ? "::1" : host;
        String written = reachable.contains(":") ? "[" + reachable + "]" : reachable;
        return URI.create("http://" + written + ":" + listener.port() + path);
    }
}
