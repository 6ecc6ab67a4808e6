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
import io.heatwire.engine.plan.WatchPlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import io.heatwire.engine.watch.StageEdges.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Whether what goes in at one end of the wiring comes out at the other: the state of every edge, the account of every stage, and
 * the coverage of every pair. Looks once a second, as part of the watch over the broker; read by any thread.
 */
public final class FlowWatch {

    private static final long BLIND_AFTER_MS = 10_000;

    private final List<Looked> edges = new ArrayList<>();
    private final List<AccountWatch> accounts;
    private final List<CoverageWatch> pairs;
    private final RedisClock clock;
    private final Complaints complaints = new Complaints();
    private volatile long lookedAtMs;

    /** One edge with the looks it takes. */
    private record Looked(EdgeWatch watch, StageRunner stage, KeyLook key, FieldLook fields) {}

    /** A watch over these stages; all meters are there from here on. */
    public FlowWatch(WatchPlan plan, List<StageRunner> stages, MeterBook book, RedisClock clock) {
        this.clock = clock;
        this.lookedAtMs = clock.steadyMs();
        stages.forEach(stage -> add(plan, stage, book));
        this.accounts =
                stages.stream().map(stage -> new AccountWatch(stage, book)).toList();
        this.pairs = plan.coverage().stream()
                .map(pair -> new CoverageWatch(pair, book, clock))
                .toList();
        FlowMeters.declareEdges(
                book, edges.stream().map(each -> each.watch().edge().name()).toList());
        FlowMeters.declarePairs(
                book, plan.coverage().stream().map(pair -> pair.name()).toList());
    }

    private void add(WatchPlan plan, StageRunner stage, MeterBook book) {
        EdgeTimes times =
                EdgeTimes.of(plan.starvedAfterMs(), plan.stalledAfterMs()).afterWaiting(stage.longestWaitMs());
        for (Wire wire : StageEdges.of(stage.plan(), plan.paceMs())) {
            Edge edge = wire.edge();
            List<String> fields = edge.kind() == Edge.Kind.LOOKS_UP_HASH
                    ? wire.needed().stream().flatMap(List::stream).toList()
                    : List.of();
            edges.add(new Looked(
                    new EdgeWatch(edge, times, book, clock.steadyMs()),
                    stage,
                    new KeyLook(edge.kind(), edge.key(), fields, clock),
                    new FieldLook(edge.key(), edge.kind() == Edge.Kind.LOOKS_UP_HASH ? List.of() : wire.needed())));
        }
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
    public Flow flow() {
        long atMs = clock.steadyMs();
        return new Flow(
                edges.stream()
                        .map(each -> each.watch().health(atMs, lookedAtMs, BLIND_AFTER_MS))
                        .toList(),
                accounts.stream().map(AccountWatch::account).toList(),
                pairs.stream().map(CoverageWatch::health).toList());
    }
}
