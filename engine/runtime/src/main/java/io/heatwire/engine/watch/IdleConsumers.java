package io.heatwire.engine.watch;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.SourcePlan.FromStream;
import io.heatwire.engine.plan.StagePlan;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Removes consumers of our groups that nobody uses any more: renamed, or of machines that are gone. Never one of this engine's
 * own names, never one whose name somebody holds, and never one with pending entries: removing it would drop them without a
 * word. Those are taken over first, as from any dead consumer. Used by one watch, one step at a time.
 */
final class IdleConsumers {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");
    private static final int LOOKS_PER_IDLE_TIME = 4;
    private static final long LONGEST_PAUSE_MS = 60_000;

    private record Group(String stream, String name) {}

    private final long idleMs;
    private final LongSupplier clock;
    private final MeterBook book;
    private final Map<Group, String> stages = new HashMap<>();
    private final Map<Group, Set<String>> own = new HashMap<>();
    private final Map<Group, Long> lookedAtMs = new HashMap<>();

    IdleConsumers(long idleMs, List<StagePlan> plans, LongSupplier clock, MeterBook book) {
        this.idleMs = idleMs;
        this.clock = clock;
        this.book = book;
        for (StagePlan plan : plans) {
            if (plan.source() instanceof FromStream source) {
                Group group = group(source);
                stages.putIfAbsent(group, plan.name());
                own.computeIfAbsent(group, none -> new HashSet<>()).add(source.consumer());
            }
        }
    }

    /** Looks after the group of this stage, when it is time to. */
    Mono<Void> remove(ControlLink link, StagePlan stage) {
        if (idleMs == 0 || !(stage.source() instanceof FromStream source) || !isDue(group(source), stage)) {
            return Mono.empty();
        }
        Group group = group(source);
        return link.command("XINFO", "CONSUMERS", group.stream(), group.name())
                .flatMapIterable(reply -> (List<?>) reply)
                .map(row -> String.valueOf(fact((List<?>) row, "name")))
                .filter(name -> !own.getOrDefault(group, Set.of()).contains(name))
                .concatMap(name -> remove(link, group, name), 0)
                .onErrorResume(IdleConsumers::isGroupGone, none -> Flux.empty())
                .then();
    }

    /** Stages that share a group need only one of them to look. */
    private boolean isDue(Group group, StagePlan stage) {
        long now = clock.getAsLong();
        Long before = lookedAtMs.get(group);
        boolean due =
                before == null || Math.abs(now - before) >= Math.min(LONGEST_PAUSE_MS, idleMs / LOOKS_PER_IDLE_TIME);
        if (due && stage.name().equals(stages.get(group))) {
            lookedAtMs.put(group, now);
            return true;
        }
        return false;
    }

    private Flux<Void> remove(ControlLink link, Group group, String consumer) {
        return link.removeIdleConsumer(group.stream(), group.name(), consumer, idleMs)
                .filter(removed -> removed)
                .doOnNext(removed -> {
                    String stage = stages.getOrDefault(group, "");
                    book.record(EngineMeters.CONSUMERS_REMOVED, 1, stage);
                    LOG.info(
                            "{}: removed consumer {} of group {}: nothing pending, nobody has used it for {} s",
                            stage,
                            consumer,
                            group.name(),
                            idleMs / 1000);
                })
                .thenMany(Flux.empty());
    }

    /** The stage is about to create it. */
    private static boolean isGroupGone(Throwable failure) {
        return failure instanceof LinkException link && link.kind() == LinkException.Kind.GROUP_LOST;
    }

    private static Group group(FromStream source) {
        return new Group(source.key(), source.group());
    }

    private static Object fact(List<?> flat, String name) {
        int index = flat.indexOf(name);
        return index < 0 ? "" : flat.get(index + 1);
    }
}
