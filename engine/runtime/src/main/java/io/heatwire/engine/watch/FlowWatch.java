package io.heatwire.engine.watch;

import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts;
import io.heatwire.engine.edge.EdgeFacts.GroupStand;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.edge.EdgeFacts.StreamFacts;
import io.heatwire.engine.edge.EdgeTimes;
import io.heatwire.engine.edge.FieldSample;
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
import java.util.Objects;
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
    private record Looked(EdgeWatch watch, StageRunner stage, KeyLook key, FieldLook fields) {

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
        Edge edge = wire.edge();
        List<String> fields = edge.kind() == Edge.Kind.LOOKS_UP_HASH
                ? wire.needed().stream().flatMap(List::stream).toList()
                : List.of();
        return new Looked(
                new EdgeWatch(edge, times, book, clock.steadyMs()),
                stage,
                new KeyLook(edge.kind(), edge.key(), fields, clock),
                new FieldLook(edge.key(), edge.kind() == Edge.Kind.LOOKS_UP_HASH ? List.of() : wire.needed()));
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
        Mono<EdgeFacts> facts =
                edge.kind() == Edge.Kind.READS && group != null ? reads(link, each, group.sight()) : others(link, each);
        return complaints.instead(
                "the look at " + edge.name(),
                facts.doOnError(failure -> each.watch().look(EdgeFacts.unknown(clock.steadyMs())))
                        .doOnNext(each.watch()::look)
                        .then());
    }

    private Mono<EdgeFacts> reads(ControlLink link, Looked each, GroupWatch.Sight sight) {
        long atMs = clock.steadyMs();
        GroupLook look = sight.look();
        if (look == null) {
            return Mono.just(
                    new EdgeFacts(atMs, sight.presence(), StreamFacts.EMPTY, GroupStand.NONE, "", FieldSample.NONE));
        }
        StreamFacts stream = new StreamFacts(
                look.length(),
                look.added(),
                look.last(),
                Math.max(0, clock.getAsLong() - look.last().ms()));
        return each.fields()
                .look(link, look.last(), atMs)
                .map(fields -> new EdgeFacts(
                        atMs, Presence.THERE, stream, stand(look, each.stage().status()), waiting(each), fields));
    }

    /** What is settled is what any engine has saved, or what this one knows of: saving may be refused. */
    private static GroupStand stand(GroupLook look, StageStatus status) {
        Long unread = look.unread();
        Long settled = look.settled();
        return new GroupStand(
                look.delivered(),
                unread == null ? -1 : unread,
                look.nextUnread() != null,
                look.pending(),
                look.oldestPending(),
                (settled == null ? 0 : settled) + status.committed());
    }

    private Mono<EdgeFacts> others(ControlLink link, Looked each) {
        Edge edge = each.watch().edge();
        return each.key()
                .look(link)
                .flatMap(seen -> fields(link, each, seen)
                        .map(fields -> new EdgeFacts(
                                clock.steadyMs(),
                                seen.presence(),
                                seen.stream(),
                                GroupStand.NONE,
                                edge.kind() == Edge.Kind.WRITES ? waiting(each) : "",
                                fields)));
    }

    private Mono<FieldSample> fields(ControlLink link, Looked each, KeyLook.Seen seen) {
        boolean isStream = each.watch().edge().kind() == Edge.Kind.LOOKS_UP_STREAM
                && seen.presence() == Presence.THERE
                && Objects.equals(seen.fields(), FieldSample.NONE);
        return isStream ? each.fields().look(link, seen.stream().last(), clock.steadyMs()) : Mono.just(seen.fields());
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
