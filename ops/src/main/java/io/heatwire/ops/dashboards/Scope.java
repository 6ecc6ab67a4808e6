package io.heatwire.ops.dashboards;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeState;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.watch.PlannedEdges;
import io.heatwire.ops.metrics.Metrics;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringPlan;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of a wiring can be watched.
 *
 * @param listeners where to scrape: one listener that speaks of everything, or else all that speak of some stages
 * @param meters the names of all meters that are scraped there
 * @param operators the operators at work, each once, in the order of the wiring
 * @param latePoints the points of observation that wait for a decision
 */
record Scope(
        List<HttpListener> listeners,
        Set<String> meters,
        List<OperatorSpec> operators,
        List<Edge> edges,
        List<CoveragePlan> pairs,
        List<String> latePoints) {

    private static final String LATE = "late_observer";

    /** The scope of this wiring; {@link #listeners} is empty when it serves no metrics. */
    static Scope of(WiringPlan plan) {
        EnginePlan engine = plan.engine();
        List<OperatorSpec> operators = engine.stages().stream()
                .map(StagePlan::spec)
                .collect(Collectors.toMap(OperatorSpec::name, spec -> spec, (first, same) -> first, LinkedHashMap::new))
                .values()
                .stream()
                .toList();
        List<HttpListener> listeners = listeners(plan);
        Set<String> meters = new HashSet<>(Metrics.declaredBy(operators));
        if (listeners.stream().anyMatch(each -> each.stages().isEmpty())) {
            ProcessMeters.all().stream().map(MeterSpec::name).forEach(meters::add);
        }
        return new Scope(
                listeners,
                Set.copyOf(meters),
                operators,
                PlannedEdges.of(engine),
                engine.watch().coverage(),
                latePoints(engine));
    }

    private static List<HttpListener> listeners(WiringPlan plan) {
        List<HttpListener> serving = plan.http().stream()
                .filter(each -> each.serves().contains(Serves.METRICS))
                .sorted(Comparator.comparing(each -> !each.stages().isEmpty()))
                .toList();
        // Both the one for everything and those of single stages would count each event twice.
        return !serving.isEmpty() && serving.get(0).stages().isEmpty() ? serving.subList(0, 1) : serving;
    }

    private static List<String> latePoints(EnginePlan engine) {
        return engine.stages().stream()
                .filter(stage -> stage.spec().name().equals(LATE))
                .map(stage -> stage.config().text("obs_point"))
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether every metric of the expression is scraped. */
    boolean has(String expression) {
        return PromQl.metrics(expression).stream()
                .allMatch(metric ->
                        metric.equals("up") || meters.contains(metric) || meters.contains(withoutSuffix(metric)));
    }

    private static String withoutSuffix(String metric) {
        return metric.replaceFirst("_(bucket|sum|count)$", "");
    }

    /** The names of the edges of which it is no fault when what they lead to is not there. */
    List<String> mayBeAbsent() {
        return edges.stream()
                .filter(edge -> edge.isWell(EdgeState.ABSENT))
                .map(Edge::name)
                .sorted()
                .toList();
    }
}
