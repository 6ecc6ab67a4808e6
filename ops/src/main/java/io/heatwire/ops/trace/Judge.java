package io.heatwire.ops.trace;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.look.PendingFacts;
import io.heatwire.ops.look.StreamEntry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds where the way of an id broke off: at the first stage, by the time of what it was given, that has not finished with it. */
final class Judge {

    private static final List<String> SWITCHES = List.of("enabled", "heat_obs_enabled");

    /**
     * Something that is not as it should be.
     *
     * @param isRefusal whether a stage refused it, which is said also when something else came first
     */
    private record Issue(long atMs, String sentence, boolean isRefusal) {

        Issue(long atMs, String sentence) {
            this(atMs, sentence, false);
        }
    }

    private final Evidence evidence;
    private final List<Issue> issues = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();
    private final List<String> endings = new ArrayList<>();

    private Judge(Evidence evidence) {
        this.evidence = evidence;
    }

    static Verdict verdict(Evidence evidence) {
        if (evidence.isNothing()) {
            return new Verdict(false, unknown(evidence));
        }
        Judge judge = new Judge(evidence);
        evidence.stands().forEach(judge::stand);
        evidence.stages().forEach(judge::lostInput);
        return judge.issues.isEmpty() ? judge.complete() : new Verdict(false, judge.broken());
    }

    /** Where it broke off first, and all who refused it: each of them wants to be looked at. */
    private String broken() {
        List<Issue> inOrder =
                issues.stream().sorted(Comparator.comparingLong(Issue::atMs)).toList();
        return Stream.concat(inOrder.stream().limit(1), inOrder.stream().skip(1).filter(Issue::isRefusal))
                .map(Issue::sentence)
                .distinct()
                .collect(Collectors.joining("; "));
    }

    private static String unknown(Evidence evidence) {
        long streams = evidence.streams().stream()
                .filter(stream -> stream.deadOf().isEmpty())
                .count();
        long scanned =
                evidence.streams().stream().mapToLong(StreamFound::scanned).sum();
        return "nothing is known of " + evidence.request().field() + " "
                + evidence.request().id() + ": looked at "
                + scanned + " entries of " + streams + " streams and of the dead letters, and at "
                + evidence.keys().size() + " keys";
    }

    private Verdict complete() {
        boolean isInAnyStream =
                evidence.streams().stream().anyMatch(stream -> !stream.entries().isEmpty());
        if (!endings.isEmpty()) {
            return new Verdict(true, "ended: " + String.join("; ", endings));
        }
        String sentence = isInAnyStream
                ? "complete: every stage that was given it has finished with it"
                : "only keys are left of it: no stream holds an entry with it any more";
        return new Verdict(true, remarks.isEmpty() ? sentence : sentence + "; " + String.join("; ", remarks));
    }

    private void stand(Stand stand) {
        long atMs = stand.entry().id().ms();
        if (stand.letter().isPresent()) {
            issues.add(new Issue(atMs, refused(stand, stand.letter().get()), true));
        } else if (stand.group().isEmpty()) {
            issues.add(new Issue(
                    atMs,
                    stand.stage() + " has never read it: " + stand.stream() + " has no group " + stand.groupName()
                            + "; the stage creates it when it starts"));
        } else if (stand.pending().isPresent()) {
            issues.add(new Issue(atMs, pending(stand, stand.pending().get())));
        } else if (!stand.isGiven()) {
            issues.add(new Issue(atMs, unread(stand, stand.group().get())));
        } else {
            stage(stand.stage()).ifPresent(stage -> outputs(stage, atMs));
        }
    }

    private static String refused(Stand stand, StreamEntry letter) {
        return stand.stage() + " refused it: dead letter " + letter.id() + ", reason "
                + letter.text("heatwire_reason").orElse("unknown") + "; heatwire dead show " + stand.stage() + " "
                + letter.id();
    }

    private static String pending(Stand stand, PendingFacts pending) {
        String times = pending.deliveries() == 1 ? "once" : pending.deliveries() + " times";
        return stand.stage() + " has it pending since " + pending.idleMs() / 1000 + " s, delivered " + times
                + ", last to consumer " + pending.consumer();
    }

    private static String unread(Stand stand, GroupFacts group) {
        String lag = group.lag() < 0 ? "" : ", " + group.lag() + " entries behind";
        return stand.stage() + " has not read it yet: its group stands at " + group.delivered() + lag
                + "; does the stage run?";
    }

    private Optional<StagePlan> stage(String name) {
        return evidence.stages().stream()
                .filter(stage -> stage.name().equals(name))
                .findFirst();
    }

    private void outputs(StagePlan stage, long atMs) {
        missing(stage, atMs)
                .ifPresent(missing -> Dropping.reason(evidence, stage, atMs, missing.lifeMs())
                        .ifPresentOrElse(
                                reason -> endings.add(
                                        stage.name() + " has read past it and passed nothing on: it may drop" + reason),
                                () -> issues.add(new Issue(
                                        atMs, stage.name() + " has read past it and wrote no " + missing.text()))));
    }

    /**
     * An output that should hold the id and does not.
     *
     * @param lifeMs how long what is written there lives, in ms; -1 for ever
     */
    private record Missing(String text, long lifeMs) {}

    /** The first output that should hold the id and does not; empty when none is missing without a reason, or when one of them will do and holds it. */
    private Optional<Missing> missing(StagePlan stage, long atMs) {
        boolean isOff = SWITCHES.stream()
                .anyMatch(name -> Boolean.FALSE.equals(stage.config().settings().get(name)));
        if (isOff) {
            return Optional.empty();
        }
        Footprint footprint = stage.spec().footprintOf(stage.config());
        List<Output> telling = footprint.outputs().stream()
                .filter(output -> isTelling(stage, footprint, output))
                .toList();
        List<Missing> missing = telling.stream()
                .flatMap(output -> missing(stage, output, atMs).stream())
                .toList();
        boolean isPassedOn =
                footprint.passing() != Footprint.Passing.TO_EVERY_OUTPUT && missing.size() < telling.size();
        return isPassedOn ? Optional.empty() : missing.stream().findFirst();
    }

    /** Whether an output shows what became of the id. */
    private boolean isTelling(StagePlan stage, Footprint footprint, Output output) {
        String field = evidence.request().field();
        if (output instanceof Output.ToStream appended) {
            return footprint.carries(appended, field);
        }
        KeyTemplate template = stage.config().keys().get(output.port());
        return template != null && template.variables().contains(field) && !(output instanceof Output.ToNothing);
    }

    private Optional<Missing> missing(StagePlan stage, Output output, long atMs) {
        return output instanceof Output.ToStream
                ? missingEntry(stage, output.port(), atMs)
                : missingKey(stage, output.port(), atMs);
    }

    private Optional<Missing> missingEntry(StagePlan stage, String port, long atMs) {
        Optional<StreamFound> stream =
                Optional.ofNullable(stage.streams().get(port)).flatMap(evidence::stream);
        if (stream.isEmpty() || holdsOneOf(stage, stream.get())) {
            return Optional.empty();
        }
        StreamFound found = stream.get();
        if (found.isCutShort()) {
            remarks.add(found.name() + " was not looked at to its end (--scan looks further)");
            return Optional.empty();
        }
        if (!found.type().equals(BrokerView.NOTHING) && found.isTrimmedAfter(atMs)) {
            remarks.add(found.name() + " has been trimmed since: it begins at "
                    + found.facts().first());
            return Optional.empty();
        }
        return Optional.of(new Missing(found.name() + ": no entry of it there", -1));
    }

    private boolean holdsOneOf(StagePlan stage, StreamFound stream) {
        return stream.entries().stream()
                .anyMatch(entry -> Writers.of(evidence.stages(), stream.key(), entry)
                        .filter(stage::equals)
                        .isPresent());
    }

    private Optional<Missing> missingKey(StagePlan stage, String port, long atMs) {
        List<KeyFound> keys = evidence.keys().stream()
                .filter(key -> key.writer().equals(stage.name()) && !key.isMarker())
                .filter(key -> isBound(stage, port, key))
                .toList();
        if (keys.stream().anyMatch(KeyFound::isThere) || keys.isEmpty()) {
            return Optional.empty();
        }
        KeyFound key = keys.get(0);
        long goneMs = evidence.nowMs() - atMs - key.lifeMs();
        if (key.lifeMs() > 0 && goneMs >= 0) {
            remarks.add("the key " + key.name() + " has expired: it lives " + key.lifeMs() / 1000 + " s");
            return Optional.empty();
        }
        String life = key.lifeMs() > 0 ? ", and its life of " + key.lifeMs() / 1000 + " s is not over" : "";
        return Optional.of(new Missing(
                key.name() + ": " + key.key() + " is not there" + life + "; deleted, or never written", key.lifeMs()));
    }

    private static boolean isBound(StagePlan stage, String port, KeyFound key) {
        KeyTemplate template = stage.config().keys().get(port);
        return template != null && key.key().startsWith(template.parts().get(0));
    }

    /** A reader whose input holds no entry, though its writer had the id. */
    private void lostInput(StagePlan reader) {
        if (!(reader.source() instanceof SourcePlan.FromStream source)) {
            return;
        }
        Optional<StreamFound> input =
                evidence.stream(source.key()).filter(found -> found.entries().isEmpty());
        input.ifPresent(found -> evidence.stages().stream()
                .filter(stage -> stage.streams().containsValue(source.key()))
                .flatMap(writer -> firstTraceOf(writer).stream())
                .min(Long::compare)
                .ifPresent(atMs -> lost(reader, found, atMs)));
    }

    private void lost(StagePlan reader, StreamFound input, long atMs) {
        Optional<Missing> missing = missing(reader, atMs);
        if (missing.isEmpty()) {
            return;
        }
        boolean isTrimmed = input.isTrimmedAfter(atMs);
        Optional<String> dropping = isTrimmed
                ? Dropping.reason(evidence, reader, atMs, missing.get().lifeMs())
                : Optional.empty();
        if (dropping.isPresent()) {
            endings.add("its entry in " + input.name() + " has been trimmed away, and " + reader.name()
                    + " passed nothing on: it may drop" + dropping.get());
        } else if (isTrimmed) {
            issues.add(new Issue(
                    atMs,
                    "its entry in " + input.name() + " has been trimmed away, and " + reader.name() + " wrote no "
                            + missing.get().text() + ": trimmed before the stage had read it, or refused by it"));
        } else {
            issues.add(new Issue(atMs, "it never came into " + input.name() + ", which " + reader.name() + " reads"));
        }
    }

    /** When a stage that is given nothing, or that was given the id, first wrote something of it. */
    private Optional<Long> firstTraceOf(StagePlan stage) {
        if (stage.spec().kind() != OperatorSpec.Kind.POLLED) {
            return Optional.empty();
        }
        return evidence.streams().stream()
                .filter(stream -> stream.deadOf().isEmpty())
                .flatMap(stream -> stream.entries().stream()
                        .filter(entry -> Writers.of(evidence.stages(), stream.key(), entry)
                                .filter(stage::equals)
                                .isPresent()))
                .map(entry -> entry.id().ms())
                .min(Long::compare);
    }
}
