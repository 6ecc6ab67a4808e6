package io.heatwire.ops.cli;

import io.heatwire.ops.dead.Escaped;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.problem.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Which streams are meant: one by its name or key, or all that a stage reads and writes. */
record TapTarget(Graph graph) {

    /** Names by key. */
    Map<String, String> streams(String target, Arguments arguments) {
        Optional<StageWire> stage = graph.stage(target);
        Map<String, String> found = new LinkedHashMap<>();
        Stream<String> words = graph.stream(target).isPresent()
                ? Stream.of(target)
                : stage.stream().flatMap(TapTarget::words);
        words.flatMap(word -> graph.stream(word).stream())
                .forEach(stream -> found.put(stream.key(), stream.name().text()));
        if (found.isEmpty()) {
            throw arguments.refusal(
                    stage.isPresent()
                            ? "stage " + target + " neither reads nor writes a stream"
                            : "no stream or stage '" + Escaped.plain(target) + "' in this wiring; "
                                    + Nearest.advice(target, names()));
        }
        return found;
    }

    private static Stream<String> words(StageWire stage) {
        Stream<String> in = stage.source() instanceof SourceWire.FromStream source
                ? Stream.of(source.in().text())
                : Stream.empty();
        return Stream.concat(
                in, stage.out().stream().map(binding -> binding.target().text()));
    }

    private List<String> names() {
        Stream<String> streams = graph.streams().stream().map(StreamWire::name).map(name -> name.text());
        return Stream.concat(
                        streams,
                        graph.stages().stream().map(stage -> stage.name().text()))
                .toList();
    }
}
