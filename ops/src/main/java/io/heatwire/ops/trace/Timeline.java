package io.heatwire.ops.trace;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.StreamEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts the evidence in the order in which it happened. */
final class Timeline {

    private static final List<String> TELLING = List.of("decision", "out_action", "heat_level", "reason", "error");
    private static final int SHOWN_FIRST = 3;
    private static final int CREATED = 0;
    private static final int OBSERVED = 1;
    private static final int APPENDED = 2;
    private static final int KEY = 3;
    private static final int DEAD = 4;

    /** Within one ms causes go before effects. */
    private record Ranked(Step step, int rank) {}

    private final Evidence evidence;
    private final List<Ranked> steps = new ArrayList<>();

    private Timeline(Evidence evidence) {
        this.evidence = evidence;
    }

    /** What happened, the oldest first; what has no time at the end. */
    static List<Step> of(Evidence evidence) {
        Timeline timeline = new Timeline(evidence);
        evidence.streams().forEach(timeline::stream);
        timeline.created();
        evidence.keys().stream().filter(KeyFound::isThere).forEach(timeline::key);
        return timeline.steps.stream()
                .sorted(Comparator.comparingLong(
                                (Ranked ranked) -> ranked.step().atMs() < 0
                                        ? Long.MAX_VALUE
                                        : ranked.step().atMs())
                        .thenComparingInt(Ranked::rank))
                .map(Ranked::step)
                .toList();
    }

    private void add(long atMs, String what, String where, int rank) {
        steps.add(new Ranked(new Step(atMs, what, where), rank));
    }

    /** A stage that works on an interval may say the same thousands of times: the first few and the last are enough. */
    private void stream(StreamFound stream) {
        List<StreamEntry> entries = stream.entries();
        for (int i = 0; i < entries.size(); i++) {
            boolean isLast = i == entries.size() - 1;
            if (i < SHOWN_FIRST || isLast) {
                boolean areSkipped = isLast && stream.matching() > SHOWN_FIRST + 1;
                entry(stream, entries.get(i), areSkipped ? ", the last of " + stream.matching() : "");
            }
        }
    }

    private void entry(StreamFound stream, StreamEntry entry, String more) {
        if (stream.deadOf().isEmpty()) {
            Optional<StagePlan> writer = Writers.of(evidence.stages(), stream.key(), entry);
            String what = writer.map(stage -> what(stage, stream, entry)).orElse("arrived");
            add(entry.id().ms(), what + more, stream.name(), isObservation(entry) ? OBSERVED : APPENDED);
        } else {
            String reason = entry.text("heatwire_reason").orElse("unknown");
            add(entry.id().ms(), "dead letter (" + reason + ")" + more, stream.deadOf(), DEAD);
        }
    }

    private static boolean isObservation(StreamEntry entry) {
        return entry.text("heat_found").isPresent() && entry.text("obs_point").isPresent();
    }

    private String what(StagePlan writer, StreamFound stream, StreamEntry entry) {
        if (isObservation(entry)) {
            return observation(writer, entry);
        }
        String port = Writers.port(writer, stream.key());
        String word = port.equals("plan") ? "published" : port;
        String telling = TELLING.stream()
                .flatMap(field ->
                        entry.text(field).filter(value -> !value.isEmpty()).map(value -> field + "=" + value).stream())
                .collect(Collectors.joining(", "));
        return telling.isEmpty() ? word : word + " (" + telling + ")";
    }

    private String observation(StagePlan writer, StreamEntry entry) {
        boolean isFound = entry.text("heat_found").filter("1"::equals).isPresent();
        String why = entry.text("heat_reason")
                .filter(reason -> !reason.equals("missing"))
                .orElse("");
        String result = isFound ? "found" : why.isEmpty() ? "missed" : "missed (" + why + ")";
        OperatorSpec.Kind kind = writer.spec().kind();
        if (kind == OperatorSpec.Kind.POLLED) {
            return "early look-up " + result;
        }
        if (kind != OperatorSpec.Kind.LATE) {
            return "observation at " + entry.text("obs_point").orElse("?") + " " + result;
        }
        return "late observation " + result
                + inputMs(writer, entry)
                        .map(ms -> " at +" + (entry.id().ms() - ms) + " ms")
                        .orElse("");
    }

    private Optional<Long> inputMs(StagePlan reader, StreamEntry output) {
        return reader.source() instanceof SourcePlan.FromStream source
                ? evidence.stream(source.key()).stream()
                        .flatMap(stream -> stream.entries().stream())
                        .filter(input -> input.id().compareTo(output.id()) <= 0)
                        .reduce((first, second) -> second)
                        .map(input -> input.id().ms())
                : Optional.empty();
    }

    /** A stage that reads no stream is where the id comes into being: with the first thing it wrote. */
    private void created() {
        Set<String> named = new LinkedHashSet<>();
        evidence.streams().stream()
                .filter(stream -> stream.deadOf().isEmpty())
                .flatMap(stream -> stream.entries().stream().flatMap(entry -> first(stream, entry)))
                .sorted(Comparator.comparingLong(Step::atMs))
                .filter(step -> named.add(step.where()))
                .forEach(step -> add(step.atMs(), step.what(), step.where(), CREATED));
    }

    private Stream<Step> first(StreamFound stream, StreamEntry entry) {
        return Writers.of(evidence.stages(), stream.key(), entry)
                .filter(stage -> stage.spec().kind() == OperatorSpec.Kind.POLLED)
                .map(stage -> new Step(entry.id().ms(), "created", stage.name()))
                .stream();
    }

    private void key(KeyFound key) {
        long writtenMs = key.writtenMs();
        String verb =
                (key.isMarker() ? "marker " : "key ") + (writtenMs < 0 ? "there" : key.isMarker() ? "set" : "written");
        String left = key.expiresMs() < 0 ? "for ever" : "TTL left " + key.leftMs(evidence.nowMs()) / 1000 + " s";
        long namesakes = evidence.keys().stream()
                .filter(other -> other.isThere() && other.name().equals(key.name()))
                .count();
        add(writtenMs, verb + " (" + left + ")", namesakes > 1 ? key.key() : key.name(), KEY);
    }
}
