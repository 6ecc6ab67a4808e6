package io.heatwire.wiring.live;

import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The first look, which every part draws on: the time, types of keys, streams, groups, and some keys of each template. */
final class World {

    private static final String ABSENT = "none";

    private volatile long nowMs;
    private final Map<String, String> types = new ConcurrentHashMap<>();
    private final Map<String, StreamFacts> streams = new ConcurrentHashMap<>();
    private final Map<String, List<GroupRow>> groups = new ConcurrentHashMap<>();
    private final Map<String, List<String>> samples = new ConcurrentHashMap<>();

    /** Looks. About four commands for each stream, one for each key, and the bounded sweep. */
    Mono<Void> survey(Scene scene) {
        List<Resource> resources = List.copyOf(scene.endsByResource(end -> true).keySet());
        return time(scene.probe())
                .then(KeySweep.of(resources).run(scene.probe()))
                .doOnNext(samples::putAll)
                .then(Mono.defer(() -> types(scene, resources)))
                .then(Mono.defer(() -> groups(scene)));
    }

    private Mono<Void> time(Probe probe) {
        return probe.ask("TIME")
                .doOnNext(reply -> {
                    List<?> parts = Replies.list(reply);
                    nowMs = parts.size() < 2
                            ? 0
                            : Replies.number(String.valueOf(parts.get(0))) * 1_000
                                    + Replies.number(String.valueOf(parts.get(1))) / 1_000;
                })
                .then();
    }

    private Mono<Void> types(Scene scene, List<Resource> resources) {
        Set<String> keys = new LinkedHashSet<>();
        resources.forEach(resource -> keys.addAll(keysOf(resource)));
        keys.addAll(OwnKeys.of(scene.plan()).keySet());
        return Flux.fromIterable(keys)
                .concatMap(key -> scene.probe()
                        .ask("TYPE", key)
                        .doOnNext(type -> types.put(key, String.valueOf(type)))
                        .then(stream(scene.probe(), key, resources)))
                .then();
    }

    /** A user that may not ask for types may still ask for streams. */
    private Mono<Void> stream(Probe probe, String key, List<Resource> resources) {
        boolean isMeant = resources.stream()
                .anyMatch(
                        resource -> resource.isStream() && resource.key().text().equals(key));
        return Mono.defer(() -> isMeant && !type(key).equals(ABSENT)
                ? probe.ask("XINFO", "STREAM", key)
                        .doOnNext(reply -> streams.put(key, StreamFacts.read(reply)))
                        .then()
                : Mono.empty());
    }

    private Mono<Void> groups(Scene scene) {
        Set<String> inputs = new LinkedHashSet<>();
        for (StageWire stage : scene.running()) {
            if (stage.source() instanceof FromStream) {
                scene.wires().input(stage).ifPresent(in -> inputs.add(in.key().text()));
            }
        }
        return Flux.fromIterable(inputs)
                .filter(streams::containsKey)
                .concatMap(key -> scene.probe().ask("XINFO", "GROUPS", key).doOnNext(reply -> {
                    List<GroupRow> rows = new ArrayList<>();
                    Replies.list(reply).forEach(row -> rows.add(GroupRow.read(row)));
                    groups.put(key, rows);
                }))
                .then();
    }

    /** Now by the clock of Redis, in Unix ms; 0 when it may not be asked. */
    long nowMs() {
        return nowMs;
    }

    /** The type of a key as Redis calls it; {@code none} when it is absent, empty when nobody knows. */
    String type(String key) {
        return types.getOrDefault(key, "");
    }

    /** The keys of Redis that were looked at for it: the key itself, or some that fit the template. */
    List<String> keysOf(Resource resource) {
        return resource.template().variables().isEmpty()
                ? List.of(resource.key().text())
                : samples.getOrDefault(resource.identity(), List.of());
    }

    @Nullable
    StreamFacts stream(String key) {
        return streams.get(key);
    }

    @Nullable
    GroupRow group(String stream, String name) {
        return groups.getOrDefault(stream, List.of()).stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /** How many keys have been looked at. */
    int keys() {
        return types.size();
    }
}
