package io.heatwire.engine.watch;

import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts;
import io.heatwire.engine.edge.EdgeTimes;
import io.heatwire.engine.health.Flow;
import io.heatwire.engine.health.StageState;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.FlowMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.WatchPlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import io.heatwire.engine.watch.StageEdges.Wire;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether what goes in at one end of the wiring comes out at the other: the state of every edge, the account of every stage, and
 * the coverage of every pair. Looks once a second, as part of the watch over the broker; read by any thread.
 */
final class FlowWatch {

    private static final long BLIND_AFTER_MS = 10_000;

    private final List<Looked> edges;
    private final List<AccountWatch> accounts;
    private final List<CoverageWatch> pairs;
    private final MeterBook book;
    private final RedisClock clock;
    private final Complaints complaints = new Complaints();
    private volatile long lookedAtMs;

    /** One edge with the looks it takes. */
    private record Looked(EdgeWatch watch, StageRunner stage, EdgeLook look) {

        String name() {
            return watch.edge().name();
        }
    }

    private FlowWatch(
            List<Looked> edges,
            List<AccountWatch> accounts,
            List<CoverageWatch> pairs,
            MeterBook book,
            RedisClock clock) {
        this.edges = edges;
        this.accounts = accounts;
        this.pairs = pairs;
        this.book = book;
        this.clock = clock;
        this.lookedAtMs = clock.steadyMs();
    }

    static FlowWatch overNothing(MeterBook book, RedisClock clock) {
        return new FlowWatch(List.of(), List.of(), List.of(), book, clock);
    }

    /**
     * A watch over these stages, with what is known of those that stay. The meters of all of them are there from here on, and those
     * of edges and pairs that are no more are gone.
     */
    FlowWatch next(WatchPlan plan, List<StageRunner> stages) {
        List<Looked> looked =
                stages.stream().flatMap(stage -> edges(plan, stage).stream()).toList();
        List<CoverageWatch> covered = plan.coverage().stream().map(this::pair).toList();
        List<Looked> over =
                edges.stream().filter(edge -> !looked.contains(edge)).toList();
        over.forEach(edge -> edge.watch().end());
        FlowMeters.forgetEdges(book, names(over, Looked::name));
        FlowMeters.forgetPairs(book, names(without(pairs, covered), CoverageWatch::name));
        FlowMeters.declareEdges(book, names(without(looked, edges), Looked::name));
        FlowMeters.declarePairs(book, names(without(covered, pairs), CoverageWatch::name));
        return new FlowWatch(looked, stages.stream().map(this::account).toList(), covered, book, clock);
    }

    private static <T> List<T> without(List<T> all, List<T> some) {
        return all.stream().filter(each -> !some.contains(each)).toList();
    }

    private static <T> List<String> names(List<T> all, Function<T, String> name) {
        return all.stream().map(name).toList();
    }

    private AccountWatch account(StageRunner stage) {
        return accounts.stream()
                .filter(known -> known.isOf(stage))
                .findFirst()
                .orElseGet(() -> new AccountWatch(stage, book));
    }

    private CoverageWatch pair(CoveragePlan plan) {
        return pairs.stream()
                .filter(known -> known.isFor(plan))
                .findFirst()
                .orElseGet(() -> new CoverageWatch(plan, book, clock));
    }

    private List<Looked> edges(WatchPlan plan, StageRunner stage) {
        EdgeTimes times =
                EdgeTimes.of(plan.starvedAfterMs(), plan.stalledAfterMs()).afterWaiting(stage.longestWaitMs());
        return StageEdges.of(stage.plan(), plan.paceMs()).stream()
                .map(wire -> edges.stream()
                        .filter(known -> known.stage() == stage && known.watch().judges(wire.edge(), times))
                        .findFirst()
                        .orElseGet(() -> looked(wire, times, stage)))
                .toList();
    }

    private Looked looked(Wire wire, EdgeTimes times, StageRunner stage) {
        return new Looked(new EdgeWatch(wire.edge(), times, book, clock.steadyMs()), stage, new EdgeLook(wire, clock));
    }

    /**
     * One look at everything.
     *
     * @param groups what the watch has just seen of the stages' groups
     */
    Mono<Void> look(ControlLink link, Map<StageRunner, GroupWatch> groups) {
        return Flux.fromIterable(edges)
                .concatMap(each -> look(link, each, groups), 0)
                .thenMany(Flux.fromIterable(pairs)
                        .concatMap(pair -> complaints.instead("the coverage of " + pair.name(), pair.look(link)), 0))
                .then(Mono.fromRunnable(() -> {
                    accounts.forEach(AccountWatch::look);
                    lookedAtMs = clock.steadyMs();
                }));
    }

    /** Redis could not be asked. */
    void blind() {
        edges.forEach(each -> each.watch().look(EdgeFacts.unknown(clock.steadyMs())));
    }

    private Mono<Void> look(ControlLink link, Looked each, Map<StageRunner, GroupWatch> groups) {
        Edge edge = each.watch().edge();
        GroupWatch group = groups.get(each.stage());
        Mono<EdgeFacts> facts = edge.kind() == Edge.Kind.READS && group != null
                ? each.look().ofGroup(link, group.sight(), each.stage().status().committed(), () -> waiting(each))
                : each.look().ofOther(link, () -> waiting(each));
        return complaints.instead(
                "the look at " + edge.name(),
                facts.doOnError(failure -> each.watch().look(EdgeFacts.unknown(clock.steadyMs())))
                        .doOnNext(each.watch()::look)
                        .then());
    }

    private static String waiting(Looked each) {
        StageStatus status = each.stage().status();
        boolean isWorking = status.state() == StageState.RUNNING || status.state() == StageState.DRAINING;
        if (!isWorking || status.waiting().isEmpty()) {
            return "";
        }
        return status.heldUp().isEmpty() ? status.waiting() : status.waiting() + ", " + status.heldUp();
    }

    /** Everything right now. */
    Flow flow() {
        long atMs = clock.steadyMs();
        return new Flow(
                edges.stream()
                        .map(each -> each.watch().health(atMs, lookedAtMs, BLIND_AFTER_MS))
                        .toList(),
                accounts.stream().map(AccountWatch::account).toList(),
                pairs.stream().map(CoverageWatch::health).toList());
    }
}
