package io.heatwire.wiring.live;

import io.heatwire.wiring.check.FieldNames;
import io.heatwire.wiring.check.FieldsOf;
import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.check.Times;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Some keys of each look-up live as long as their writer says, and hold the fields that are read from them. */
final class LookUpsHold implements LivePart {

    /** Keys with more fields are left alone: their names alone would be a burden. */
    private static final long MOST_FIELDS = 1_000;

    /** Time passes between the write and the look, and between two machines; only more than this is told. */
    private static final long SLACK_MS = 1_000;

    @Override
    public String name() {
        return "lookups";
    }

    @Override
    public Mono<String> look(Scene scene) {
        List<Resource> resources =
                scene
                        .endsByResource(end -> !end.resource().isStream() && end.use() != WireEnd.Use.MARK)
                        .keySet()
                        .stream()
                        .toList();
        return Flux.fromIterable(resources)
                .concatMap(resource -> keys(resource, scene))
                .collectList()
                .map(sizes -> sizes.stream().mapToInt(size -> size).sum() + " keys of "
                        + sizes.stream().filter(size -> size > 0).count() + " of " + sizes.size() + " sampled");
    }

    private static Mono<Integer> keys(Resource resource, Scene scene) {
        List<String> keys = scene.world().keysOf(resource).stream()
                .filter(key -> !scene.world().type(key).equals("none"))
                .toList();
        return life(resource, keys, scene)
                .then(Mono.defer(() -> fields(resource, keys, scene)))
                .thenReturn(keys.size());
    }

    private static Mono<Void> life(Resource resource, List<String> keys, Scene scene) {
        List<Times> lives = scene.wires().writers(resource).stream()
                .flatMap(writer -> Times.life(writer).stream())
                .toList();
        if (lives.isEmpty() || scene.wires().isWrittenOutside(resource)) {
            return Mono.empty();
        }
        long longest = lives.stream().mapToLong(Times::ms).max().orElse(0);
        return Flux.fromIterable(keys)
                .concatMap(key -> scene.probe().ask("PTTL", key).map(Replies::number))
                .filter(leftMs -> leftMs == -1 || leftMs > longest + SLACK_MS)
                .collectList()
                .doOnNext(strange -> {
                    if (!strange.isEmpty()) {
                        life(resource, keys, strange, lives.get(0), scene);
                    }
                })
                .then();
    }

    private static void life(Resource resource, List<String> keys, List<Long> strange, Times life, Scene scene) {
        long most = strange.stream().mapToLong(left -> left).max().orElse(-1);
        scene.notes()
                .add(
                        ProblemCode.KEY_LIVES_LONGER,
                        resource.key().place(),
                        strange.size() + " of " + keys.size() + " keys of " + resource.title()
                                + (strange.contains(-1L) ? " never expire" : " live for another " + Ages.shown(most))
                                + ", which is more than " + life.says(),
                        "another program may write them, too, or an older setting did: see who does",
                        List.of(life.related()));
    }

    private static Mono<Void> fields(Resource resource, List<String> keys, Scene scene) {
        List<WireEnd> readers = scene.ends().stream()
                .filter(end ->
                        end.use() == WireEnd.Use.LOOK_UP && end.resource().isSame(resource))
                .filter(end -> !FieldsOf.lookedUp(end).isEmpty())
                .toList();
        if (readers.isEmpty() || keys.isEmpty() || !resource.type().equals("hash")) {
            return Mono.empty();
        }
        return Flux.fromIterable(keys)
                .filter(key -> scene.world().type(key).equals("hash"))
                .concatMap(key -> names(scene.probe(), key))
                .collectList()
                .doOnNext(sampled -> {
                    if (!sampled.isEmpty()) {
                        readers.forEach(reader -> check(reader, sampled, scene));
                    }
                })
                .then();
    }

    private static Mono<Set<String>> names(Probe probe, String key) {
        return probe.ask("HLEN", key)
                .filter(length -> Replies.number(length) <= MOST_FIELDS)
                .flatMap(length -> probe.ask("HKEYS", key))
                .map(reply -> Replies.list(reply).stream()
                        .map(String::valueOf)
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    private static void check(WireEnd reader, List<Set<String>> sampled, Scene scene) {
        Set<String> there = new LinkedHashSet<>();
        sampled.forEach(there::addAll);
        List<String> read = FieldsOf.lookedUp(reader);
        List<String> absent =
                read.stream().filter(field -> !there.contains(field)).toList();
        if (absent.isEmpty()) {
            return;
        }
        List<String> near = new ArrayList<>();
        for (String field : absent) {
            Optional<String> name = FieldNames.near(
                    field, there.stream().filter(each -> !read.contains(each)).toList());
            name.ifPresent(found -> near.add(Shown.plain(found) + " for " + field));
        }
        boolean isStrange = absent.size() == read.size();
        String advice = near.isEmpty()
                ? "see what its writer writes; there are " + Shown.sentence(String.join(", ", there))
                : "let its writer use the name the stage reads; it seems to write " + String.join(", ", near);
        String fields = isStrange
                ? ", and none of the fields it reads is in any of "
                : ", and nothing is there under " + String.join(", ", absent) + " in any of ";
        String what = reader.says() + fields + sampled.size() + " keys that were looked at";
        scene.notes()
                .addOutside(
                        isStrange && scene.isNew(reader.stage()),
                        isStrange ? ProblemCode.LOOK_UP_HAS_NOTHING : ProblemCode.LOOK_UP_LACKS_FIELD,
                        reader.place(),
                        what,
                        advice,
                        List.of());
    }
}
