package io.heatwire.ops.trace;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.BrokerView;
import io.heatwire.ops.look.GroupFacts;
import io.heatwire.ops.look.StreamEntry;
import io.heatwire.ops.look.StreamFacts;
import io.heatwire.wiring.graph.Graph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Gathers what Redis holds of an id: bounded reads of each stream from its newest entry down, then keys, then groups. */
final class TraceReader {

    private final BrokerView view;
    private final Graph graph;
    private final List<StagePlan> stages;
    private final TraceRequest request;
    private final long nowMs;
    private final List<StreamFound> streams = new ArrayList<>();

    TraceReader(BrokerView view, Graph graph, List<StagePlan> stages, TraceRequest request) {
        this.view = view;
        this.graph = graph;
        this.stages = stages;
        this.request = request;
        this.nowMs = view.nowMs();
    }

    Evidence read() {
        graph.streams().forEach(stream -> streams.add(found(stream.name().text(), stream.key(), "")));
        stages.forEach(
                stage -> streams.add(found("dead letters of " + stage.name(), stage.deadStream(), stage.name())));
        List<KeyFound> keys = new TraceKeys(view, graph, stages, request, streams).read();
        return new Evidence(request, nowMs, stages, List.copyOf(streams), keys, stands());
    }

    private StreamFound found(String name, String key, String deadOf) {
        StreamScan scan = new StreamScan(request);
        Optional<StreamFacts> facts = view.stream(key);
        facts.ifPresent(there -> scan.read(view, key, new EntryId(Math.max(0, nowMs - request.sinceMs()), 0)));
        return new StreamFound(
                name,
                key,
                deadOf,
                view.type(key),
                facts.orElse(StreamFacts.NONE),
                scan.oldestFirst(),
                scan.matching(),
                scan.scanned(),
                scan.isCutShort());
    }

    private List<Stand> stands() {
        Map<String, Map<String, GroupFacts>> groups = new HashMap<>();
        List<Stand> stands = new ArrayList<>();
        for (StagePlan stage : stages) {
            if (stage.source() instanceof SourcePlan.FromStream source) {
                streams.stream()
                        .filter(stream ->
                                stream.deadOf().isEmpty() && stream.key().equals(source.key()))
                        .forEach(stream -> stream.entries()
                                .forEach(entry -> stands.add(stand(
                                        stage,
                                        source,
                                        stream,
                                        entry,
                                        groups.computeIfAbsent(source.key(), view::groups)))));
            }
        }
        return stands;
    }

    private Stand stand(
            StagePlan stage,
            SourcePlan.FromStream source,
            StreamFound stream,
            StreamEntry entry,
            Map<String, GroupFacts> groups) {
        Optional<GroupFacts> group = Optional.ofNullable(groups.get(source.group()));
        return new Stand(
                stage.name(),
                stream.name(),
                source.group(),
                entry,
                group,
                group.flatMap(each -> view.pending(source.key(), each.name(), entry.id())),
                letter(stage, entry));
    }

    private Optional<StreamEntry> letter(StagePlan stage, StreamEntry entry) {
        return streams.stream()
                .filter(stream -> stream.deadOf().equals(stage.name()))
                .flatMap(stream -> stream.entries().stream())
                .filter(letter -> letter.has("heatwire_source_id", entry.id().toString()))
                .reduce((first, second) -> second);
    }
}
