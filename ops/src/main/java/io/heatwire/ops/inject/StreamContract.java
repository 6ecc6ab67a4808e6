package io.heatwire.ops.inject;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.Output;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a wiring says of the fields of a stream.
 *
 * @param fields the fields its writers write, in wire order; empty when the wiring does not say
 * @param isClosed whether an entry should have no others
 * @param needs what its readers cannot do without
 */
public record StreamContract(List<String> fields, boolean isClosed, List<Need> needs) {

    /**
     * A field that a stage cannot do without.
     *
     * @param names the names under which the stage finds it, its own first
     */
    public record Need(String stage, List<String> names) {

        boolean isMetBy(Map<String, String> entry) {
            return names.stream().anyMatch(name -> !entry.getOrDefault(name, "").isEmpty());
        }
    }

    /** What this wiring says of this stream. */
    public static StreamContract of(Graph graph, StreamWire stream) {
        Set<String> written = new LinkedHashSet<>();
        boolean isClosed = true;
        stream.ends().fields().forEach(field -> written.add(field.text()));
        if (stream.ends().isWrittenOutside() && !stream.ends().namesFields()) {
            isClosed = false;
        }
        for (StageWire stage : graph.stages()) {
            for (Output output : stage.spec().outputs()) {
                if (output instanceof Output.ToStream to && isBound(graph, stage.out(), to.port(), stream)) {
                    written.addAll(to.fields());
                    isClosed &= !to.open();
                }
            }
        }
        List<Need> needs = new ArrayList<>();
        Set<String> read = new LinkedHashSet<>();
        for (StageWire stage : graph.stages()) {
            if (stage.source() instanceof SourceWire.FromStream source && isStream(graph, source.in(), stream)) {
                read(stage, source, needs, read);
            }
        }
        if (written.isEmpty()) {
            isClosed = false;
        }
        List<String> fields = new ArrayList<>(written.isEmpty() ? read : written);
        return new StreamContract(List.copyOf(fields), isClosed, List.copyOf(needs));
    }

    private static void read(StageWire stage, SourceWire.FromStream source, List<Need> needs, Set<String> read) {
        Footprint footprint =
                stage.spec().footprintOf(new OperatorConfig(stage.settings().values(), Map.of()));
        Set<String> needed = new LinkedHashSet<>(footprint.needed());
        for (FieldSpec field : footprint.input()) {
            read.add(field.name());
            if (field.required()) {
                needed.add(field.name());
            }
        }
        for (String name : needed) {
            List<String> names = new ArrayList<>(List.of(name));
            footprint.input().stream()
                    .filter(field -> field.name().equals(name))
                    .forEach(field -> names.addAll(field.aliases()));
            source.aliases().stream()
                    .filter(alias -> alias.target().text().equals(name))
                    .forEach(alias -> names.add(alias.name().text()));
            needs.add(new Need(stage.name().text(), List.copyOf(names)));
            read.add(name);
        }
    }

    private static boolean isBound(Graph graph, List<Binding> out, String port, StreamWire stream) {
        return out.stream()
                .anyMatch(binding -> binding.name().text().equals(port) && isStream(graph, binding.target(), stream));
    }

    private static boolean isStream(Graph graph, Word word, StreamWire stream) {
        return graph.stream(word.text()).filter(stream::equals).isPresent();
    }

    /** What is wrong with an entry of these fields; none when nothing is. */
    public List<String> problems(Map<String, String> entry) {
        List<String> problems = new ArrayList<>();
        for (Need need : needs) {
            if (!need.isMetBy(entry)) {
                problems.add("stage " + need.stage() + " needs the field " + String.join(" or ", need.names())
                        + ", and it is absent or empty");
            }
        }
        if (isClosed) {
            entry.keySet().stream()
                    .filter(name -> !fields.contains(name)
                            && needs.stream().noneMatch(need -> need.names().contains(name)))
                    .forEach(name -> problems.add(
                            "nobody writes the field '" + name + "' there; " + Nearest.advice(name, fields)));
        }
        return problems;
    }
}
