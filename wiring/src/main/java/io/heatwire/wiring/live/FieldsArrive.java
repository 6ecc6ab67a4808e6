package io.heatwire.wiring.live;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.wiring.check.FieldNames;
import io.heatwire.wiring.check.FieldsOf;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The newest entries of each input have the fields that its stage reads. */
final class FieldsArrive implements LivePart {

    @Override
    public String name() {
        return "fields";
    }

    @Override
    public Mono<String> look(Scene scene) {
        Map<String, List<WireEnd>> readers = scene.ends().stream()
                .filter(end -> end.use() == WireEnd.Use.INPUT)
                .collect(Collectors.groupingBy(
                        end -> end.resource().key().text(), LinkedHashMap::new, Collectors.toList()));
        return Flux.fromIterable(readers.keySet())
                .filter(key -> scene.world().stream(key) != null)
                .concatMap(key -> EntrySample.of(scene.probe(), key)
                        .doOnNext(sample ->
                                readers.getOrDefault(key, List.of()).forEach(reader -> check(reader, sample, scene))))
                .map(EntrySample::size)
                .collectList()
                .map(sizes -> sizes.stream().mapToInt(size -> size).sum() + " entries of " + sizes.size() + " of "
                        + readers.size() + " inputs sampled");
    }

    private static void check(WireEnd reader, EntrySample sample, Scene scene) {
        if (sample.size() == 0) {
            return;
        }
        FieldNames read = FieldNames.of(reader.stage());
        Set<String> everywhere = sample.everywhere();
        Map<String, Integer> missing = new LinkedHashMap<>();
        for (FieldSpec field : read.fields()) {
            int without = without(field, read, sample);
            if (without > 0 && FieldsOf.isNeeded(reader.stage(), field)) {
                missing.put(field.name(), without);
            }
        }
        Map<String, String> aliases = aliases(read, everywhere);
        if (!missing.isEmpty()) {
            absent(reader, sample, missing, aliases, everywhere, scene);
        } else if (!aliases.isEmpty()) {
            nearly(reader, sample, aliases, scene);
        }
    }

    /** How many entries lack it. An empty text will do for an expression, and not for what the door requires. */
    private static int without(FieldSpec field, FieldNames read, EntrySample sample) {
        return (int) sample.entries().stream()
                .map(names -> field.required() ? names.filled() : names.all())
                .filter(names -> !read.isAmong(field, names))
                .count();
    }

    /** Near names of fields that no entry has. */
    private static Map<String, String> aliases(FieldNames read, Collection<String> everywhere) {
        Map<String, String> aliases = new TreeMap<>();
        for (FieldSpec field : read.fields()) {
            Optional<String> near = read.isAmong(field, everywhere) ? Optional.empty() : read.near(field, everywhere);
            near.ifPresent(name -> aliases.putIfAbsent(name, field.name()));
        }
        return aliases;
    }

    private static void absent(
            WireEnd reader,
            EntrySample sample,
            Map<String, Integer> missing,
            Map<String, String> aliases,
            Set<String> everywhere,
            Scene scene) {
        boolean isInAll = missing.containsValue(sample.size());
        String fields = missing.entrySet().stream()
                .map(field -> field.getKey() + " (missing in " + field.getValue() + ")")
                .collect(Collectors.joining(", "));
        String what = reader.says() + " and needs " + fields + ", of the newest " + sample.size() + " entries";
        String has = Shown.sentence(
                everywhere.stream().sorted().limit(12).map(Shown::plain).collect(Collectors.joining(", ")));
        List<Related> related = List.of(new Related(reader.resource().key().place(), "the entries there have: " + has));
        String advice = aliases.isEmpty()
                ? "let its writer write them, or read another stream: such entries become dead letters"
                : advice(reader, aliases);
        if (isInAll) {
            scene.notes()
                    .addOutside(
                            scene.isNew(reader.stage()),
                            ProblemCode.FIELD_NEVER_ARRIVES,
                            reader.place(),
                            what,
                            advice,
                            related);
        } else {
            scene.notes().add(ProblemCode.FIELD_SELDOM_ARRIVES, reader.place(), what, advice, related);
        }
    }

    private static void nearly(WireEnd reader, EntrySample sample, Map<String, String> aliases, Scene scene) {
        scene.notes()
                .add(
                        ProblemCode.FIELD_SELDOM_ARRIVES,
                        reader.place(),
                        reader.says() + " and would take " + String.join(", ", aliases.values())
                                + ", which none of the newest " + sample.size()
                                + " entries has, and they have something much like it",
                        advice(reader, aliases),
                        List.of());
    }

    private static String advice(WireEnd reader, Map<String, String> aliases) {
        return "write at stage " + reader.stageName() + ": aliases: { "
                + aliases.entrySet().stream()
                        .map(pair -> Shown.plain(pair.getKey()) + ": " + pair.getValue())
                        .collect(Collectors.joining(", "))
                + " }";
    }
}
