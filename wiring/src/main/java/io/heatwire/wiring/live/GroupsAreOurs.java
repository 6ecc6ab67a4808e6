package io.heatwire.wiring.live;

import io.heatwire.engine.lease.ConsumerLease;
import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The group of each stage is used by nobody else. Consumers that hold the lease of a running engine are ours; any other that has
 * just read takes entries away. A group that is not there will be made, which is no finding.
 */
final class GroupsAreOurs implements LivePart {

    /** A lease ends at most as late as this after its engine; by then its consumer is no longer active. */
    private static final long ACTIVE_MS = 5_000;

    private static final int CONSUMERS = 50;

    @Override
    public String name() {
        return "groups";
    }

    @Override
    public Mono<String> look(Scene scene) {
        List<StageWire> reading = scene.running().stream()
                .filter(stage -> stage.source() instanceof FromStream)
                .toList();
        Tally tally = new Tally();
        return Flux.fromIterable(reading)
                .concatMap(stage -> look(stage, (FromStream) stage.source(), tally, scene))
                .then(Mono.fromSupplier(() -> tally.says(reading.size())));
    }

    private static Mono<Void> look(StageWire stage, FromStream source, Tally tally, Scene scene) {
        String key = scene.wires()
                .input(stage)
                .map(Resource::key)
                .orElse(source.in())
                .text();
        GroupRow group = scene.world().group(key, source.group().text());
        if (group == null) {
            return Mono.empty();
        }
        tally.add(group);
        return scene.probe()
                .ask("XINFO", "CONSUMERS", key, group.name())
                .flatMapIterable(Replies::list)
                .map(Replies::pairs)
                .filter(facts -> isActive(facts) && !source.consumer().text().equals(nameOf(facts)))
                .take(CONSUMERS)
                .concatMap(facts -> foreign(scene.probe(), key, group.name(), nameOf(facts)))
                .collectList()
                .doOnNext(names -> note(stage, source, names, scene))
                .then();
    }

    private static boolean isActive(Map<String, Object> consumer) {
        return Replies.number(consumer.getOrDefault("idle", Long.MAX_VALUE)) < ACTIVE_MS;
    }

    private static String nameOf(Map<String, Object> consumer) {
        return String.valueOf(consumer.getOrDefault("name", ""));
    }

    private static Mono<String> foreign(Probe probe, String key, String group, String consumer) {
        return probe.ask("EXISTS", ConsumerLease.key(key, group, consumer))
                .filter(exists -> exists.equals(0L))
                .map(exists -> consumer);
    }

    private static void note(StageWire stage, FromStream source, List<String> names, Scene scene) {
        if (!names.isEmpty()) {
            List<String> shown = new ArrayList<>();
            names.stream().limit(5).forEach(name -> shown.add(Shown.quoted(name)));
            scene.notes()
                    .add(
                            ProblemCode.GROUP_USED_OUTSIDE,
                            source.group().place(),
                            "group " + Shown.quoted(source.group().text()) + " of stage "
                                    + Shown.plain(stage.name().text())
                                    + " is also read by consumers that are not Heatwire's: " + String.join(", ", shown),
                            "stop that program, or give the stage a group of its own: each entry goes to one of the two",
                            List.of());
        }
    }

    /** What the groups come to. */
    private static final class Tally {

        private final AtomicInteger there = new AtomicInteger();
        private final AtomicLong pending = new AtomicLong();
        private final AtomicLong lag = new AtomicLong();

        void add(GroupRow group) {
            there.incrementAndGet();
            pending.addAndGet(group.pending());
            lag.addAndGet(Math.max(0, group.lag()));
        }

        String says(int all) {
            int absent = all - there.get();
            return there + "/" + all + ", " + lag + " entries unread, " + pending + " pending"
                    + (absent > 0 ? ", " + absent + " will be made at the start" : "");
        }
    }
}
