package io.heatwire.engine.watch;

import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What a look of the broker watch looks at.
 *
 * @param groups for each stage that reads a stream
 * @param trimmers by stream key
 */
record Watched(
        List<StageRunner> stages,
        Map<StageRunner, GroupWatch> groups,
        Map<String, Trimmer> trimmers,
        IdleConsumers idleConsumers,
        FlowWatch flow) {

    static Watched nothing(MeterBook book, RedisClock clock) {
        return new Watched(
                List.of(),
                Map.of(),
                Map.of(),
                new IdleConsumers(0, List.of(), clock, book),
                FlowWatch.overNothing(book, clock));
    }

    /** The same for other stages, with what is known of those that stay. */
    Watched next(List<StageRunner> others, EnginePlan plan, MeterBook book, RedisClock clock) {
        Map<String, StreamPlan> capped = plan.streams().stream()
                .filter(stream -> stream.policy() instanceof StreamPlan.Policy.Cap)
                .collect(Collectors.toMap(StreamPlan::key, stream -> stream));
        Map<StageRunner, GroupWatch> watches = new LinkedHashMap<>();
        for (StageRunner stage : others) {
            GroupWatch known = groups.get(stage);
            if (known != null) {
                watches.put(stage, known);
            } else if (stage.plan().source() instanceof SourcePlan.FromStream source) {
                boolean waits = capped.containsKey(source.key());
                watches.put(stage, new GroupWatch(stage.plan().name(), source, stage.status(), waits, book, clock));
            } else {
                book.record(
                        EngineMeters.TIME_TO_LOSS,
                        TimeToLoss.NEVER,
                        stage.plan().name());
            }
        }
        Map<String, Trimmer> trims = new LinkedHashMap<>();
        capped.forEach((key, stream) -> trims.put(key, trimmer(others, stream)));
        List<StagePlan> plans = others.stream().map(StageRunner::plan).toList();
        IdleConsumers idle = new IdleConsumers(plan.idleConsumerMs(), plans, clock, book);
        return new Watched(others, watches, trims, idle, flow.next(plan.watch(), others));
    }

    private Trimmer trimmer(List<StageRunner> others, StreamPlan stream) {
        Set<String> readers = new TreeSet<>(stream.readers());
        others.stream()
                .map(stage -> stage.plan().source())
                .filter(SourcePlan.FromStream.class::isInstance)
                .map(SourcePlan.FromStream.class::cast)
                .filter(source -> source.key().equals(stream.key()))
                .forEach(source -> readers.add(source.group()));
        List<StageStatus> writers = others.stream()
                .filter(stage -> stage.plan().streams().containsValue(stream.key()))
                .map(StageRunner::status)
                .toList();
        Trimmer trimmer = new Trimmer(stream.key(), (StreamPlan.Policy.Cap) stream.policy(), readers, writers);
        Trimmer before = trimmers.get(stream.key());
        return before == null ? trimmer : trimmer.insteadOf(before);
    }
}
