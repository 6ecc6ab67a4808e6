package io.heatwire.engine.watch;

import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts;
import io.heatwire.engine.edge.EdgeHistory;
import io.heatwire.engine.edge.EdgeJudge;
import io.heatwire.engine.edge.EdgeTimes;
import io.heatwire.engine.edge.Judgement;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.time.RedisClock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The edges of a wiring as Redis alone shows them, for whom no engine answers. What must last before it is said, starved and stalled,
 * is longer than the time between the looks, and why a commit waits only its engine knows: these states never come out of it.
 */
public final class TwoLooks {

    /** The time between the looks. */
    public static final Duration APART = Duration.ofSeconds(2);

    /** Neither look takes longer; an edge whose turn does not come is unknown. */
    public static final Duration EACH_AT_MOST = Duration.ofSeconds(4);

    private final ControlLink link;
    private final RedisClock clock = RedisClock.running();
    private final List<Seen> edges;

    /**
     * An edge and what was found.
     *
     * @param isWell whether nobody has to do anything
     */
    public record Finding(Edge edge, Judgement judgement, boolean isWell) {}

    private TwoLooks(ControlLink link, EnginePlan plan) {
        this.link = link;
        EdgeTimes times =
                EdgeTimes.of(plan.watch().starvedAfterMs(), plan.watch().stalledAfterMs());
        this.edges = plan.stages().stream()
                .flatMap(stage -> StageEdges.of(stage, plan.watch().paceMs()).stream()
                        .map(wire -> new Seen(new EdgeLook(wire, clock), stage, times)))
                .toList();
    }

    /** Looks twice and changes nothing; takes at most {@link #APART} and twice {@link #EACH_AT_MOST}, and never fails. */
    public static Mono<List<Finding>> at(ControlLink link, EnginePlan plan) {
        return Mono.defer(() -> {
            TwoLooks looks = new TwoLooks(link, plan);
            return looks.look()
                    .then(Mono.delay(APART))
                    .then(Mono.defer(looks::look))
                    .then(Mono.fromSupplier(
                            () -> looks.edges.stream().map(Seen::finding).toList()));
        });
    }

    private Mono<Void> look() {
        return Flux.concat(time(), Flux.fromIterable(edges).concatMap(this::look, 0))
                .take(EACH_AT_MOST)
                .then();
    }

    private Mono<Void> time() {
        return link.command("TIME")
                .doOnNext(reply -> {
                    List<?> parts = (List<?>) reply;
                    long seconds = Long.parseLong(String.valueOf(parts.get(0)));
                    clock.sample(seconds * 1000 + Long.parseLong(String.valueOf(parts.get(1))) / 1000);
                })
                .onErrorComplete(LinkException.class)
                .then();
    }

    private Mono<Void> look(Seen seen) {
        return facts(seen)
                .onErrorResume(LinkException.class, failure -> Mono.just(EdgeFacts.unknown(clock.steadyMs())))
                .doOnNext(seen::look)
                .then();
    }

    private Mono<EdgeFacts> facts(Seen seen) {
        boolean isRead = seen.look.edge().kind() == Edge.Kind.READS;
        return isRead && seen.stage.source() instanceof SourcePlan.FromStream source
                ? group(source).flatMap(sight -> seen.look.ofGroup(link, sight, 0, () -> ""))
                : seen.look.ofOther(link, () -> "");
    }

    private Mono<GroupWatch.Sight> group(SourcePlan.FromStream source) {
        String offsetKey = SavedOffset.key(source.key(), source.group());
        return LookScript.look(link, source.key(), offsetKey, source.group())
                .map(reply -> GroupWatch.Sight.of(GroupLook.read(reply)))
                .onErrorResume(LinkException.class, failure -> Mono.just(GroupWatch.Sight.failed(failure)));
    }

    /** One edge with what the looks have shown. */
    private static final class Seen {

        private final EdgeLook look;
        private final StagePlan stage;
        private final EdgeTimes times;
        private @Nullable EdgeHistory history;
        private @Nullable EdgeFacts last;
        private int looks;

        Seen(EdgeLook look, StagePlan stage, EdgeTimes times) {
            this.look = look;
            this.stage = stage;
            this.times = times;
        }

        synchronized void look(EdgeFacts now) {
            boolean isFirst = history == null;
            if (isFirst && now.presence() == EdgeFacts.Presence.UNKNOWN) {
                return;
            }
            EdgeHistory known = history;
            history = known == null ? EdgeHistory.from(now) : known.with(now);
            last = now;
            looks++;
        }

        synchronized Finding finding() {
            EdgeHistory known = history;
            EdgeFacts now = last;
            Judgement judgement = known == null || now == null || looks < 2
                    ? EdgeJudge.judge(look.edge(), EdgeFacts.unknown(0), EdgeHistory.from(EdgeFacts.unknown(0)), times)
                    : EdgeJudge.judge(look.edge(), now, known, times);
            return new Finding(look.edge(), judgement, look.edge().isWell(judgement.state()));
        }
    }
}
