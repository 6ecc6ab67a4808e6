package io.heatwire.wiring.live;

import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.graph.Pace;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Every stream that is read is written as often as the file says. One that is not yet there, or whose writer is silent, keeps no
 * restarted stage from starting: only a stage that has never read it, which is where a wrong name shows.
 */
final class StreamsAreAlive implements LivePart {

    private static final long MS_PER_S = 1_000;

    @Override
    public String name() {
        return "liveness";
    }

    @Override
    public Mono<String> look(Scene scene) {
        Map<Resource, List<WireEnd>> read =
                scene.endsByResource(end -> end.reads() && end.resource().isStream());
        List<Resource> silent =
                read.keySet().stream().filter(stream -> isSilent(stream, scene)).toList();
        Mono<List<ActiveStream>> active = silent.isEmpty() || scene.world().nowMs() == 0
                ? Mono.just(List.of())
                : new ActiveStreams(scene.probe(), scene.world().nowMs()).find();
        return active.flatMap(streams -> Flux.fromIterable(silent)
                .doOnNext(stream -> note(stream, read.getOrDefault(stream, List.of()), streams, scene))
                .then(Mono.just(says(read.size(), silent.size(), scene))));
    }

    private static String says(int all, int silent, Scene scene) {
        return (all - silent) + " of " + all + " streams that are read are alive or need not be"
                + (scene.world().nowMs() == 0 ? " (without the time of the server: only whether they are there)" : "");
    }

    private static boolean isSilent(Resource stream, Scene scene) {
        String key = stream.key().text();
        StreamFacts facts = scene.world().stream(key);
        if (facts == null) {
            return scene.world().type(key).equals("none") && scene.wires().isWrittenOutside(stream);
        }
        if (facts.wasNeverWritten()) {
            return scene.wires().isWrittenOutside(stream);
        }
        Pace pace = stream.ends().pace();
        long nowMs = scene.world().nowMs();
        return nowMs > 0 && pace.isLimited() && nowMs - facts.lastMs() > pace.seconds() * MS_PER_S;
    }

    private static void note(Resource stream, List<WireEnd> readers, List<ActiveStream> active, Scene scene) {
        String key = stream.key().text();
        Optional<ActiveStream> better = active.stream()
                .filter(each -> each.fitFor(key, readers) > 0)
                .max(Comparator.<ActiveStream>comparingInt(each -> each.fitFor(key, readers))
                        .thenComparingLong(ActiveStream::perMinute));
        boolean isNew = readers.stream().anyMatch(reader -> scene.isNew(reader.stage()));
        StreamFacts facts = scene.world().stream(key);
        if (facts == null || facts.wasNeverWritten()) {
            // A stream of events that seldom come may not be there for months; one that looks like it says more.
            if (stream.ends().pace().isLimited() || better.isPresent()) {
                boolean refuses = isNew
                        && better.filter(other -> !isDeclared(other, scene)).isPresent();
                missing(stream, readers, better, facts, refuses, scene);
            }
        } else {
            dormant(stream, readers, better, scene.world().nowMs() - facts.lastMs(), isNew, scene);
        }
    }

    /** A stream that the file knows by another name is hardly meant by this one, too. */
    private static boolean isDeclared(ActiveStream other, Scene scene) {
        return scene.wires().resources().stream()
                .anyMatch(resource -> resource.key().text().equals(other.key()));
    }

    private static void missing(
            Resource stream,
            List<WireEnd> readers,
            Optional<ActiveStream> better,
            @Nullable StreamFacts facts,
            boolean refuses,
            Scene scene) {
        scene.notes()
                .addOutside(
                        refuses,
                        ProblemCode.STREAM_ABSENT,
                        stream.key().place(),
                        stream.title() + " is written by " + outside(stream) + ", and "
                                + Shown.quoted(stream.key().text())
                                + (facts == null ? " is not there" : " was never written"),
                        advice(better, stream),
                        related(stream, readers));
    }

    private static void dormant(
            Resource stream,
            List<WireEnd> readers,
            Optional<ActiveStream> better,
            long silentMs,
            boolean refuses,
            Scene scene) {
        scene.notes()
                .addOutside(
                        refuses,
                        ProblemCode.STREAM_DORMANT,
                        stream.key().place(),
                        stream.title() + " is dormant: the last entry came " + Ages.shown(silentMs)
                                + " ago, and at most "
                                + Ages.shown(stream.ends().pace().seconds() * MS_PER_S) + " of silence are normal",
                        advice(better, stream),
                        related(stream, readers));
    }

    private static String advice(Optional<ActiveStream> better, Resource stream) {
        return better.map(other -> "did you mean " + Shown.sentence(other.says()) + "?")
                .orElseGet(() -> "see whether " + outside(stream) + " runs, and under which key it writes");
    }

    private static String outside(Resource stream) {
        return stream.ends().isWrittenOutside()
                ? Shown.quoted(stream.ends().external().text())
                : "its writer";
    }

    private static List<Related> related(Resource stream, List<WireEnd> readers) {
        List<Related> related = new ArrayList<>();
        if (stream.ends().pace().isSaid()) {
            related.add(new Related(stream.ends().pace().place(), "so much silence is normal"));
        }
        readers.stream().limit(4).forEach(reader -> related.add(reader.related()));
        return related;
    }
}
