package io.heatwire.wiring.assembly;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.lookup.KeyTemplate;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SentinelPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.TlsPlan;
import io.heatwire.engine.plan.WatchPlan;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.CoverageWire;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.KeyWire;
import io.heatwire.wiring.graph.PolledItems;
import io.heatwire.wiring.graph.RedisWire;
import io.heatwire.wiring.graph.SentinelWire;
import io.heatwire.wiring.graph.SourceWire;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.TlsWire;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes the engine's plan. Only for graphs without problems: every name in them is known. */
public final class EngineAssembly {

    private final Graph graph;

    private EngineAssembly(Graph graph) {
        this.graph = graph;
    }

    /** The plan for these stages of the graph. */
    public static EnginePlan plan(Graph graph, List<StageWire> stages) {
        return new EngineAssembly(graph).plan(stages);
    }

    private EnginePlan plan(List<StageWire> stages) {
        List<StagePlan> plans = stages.stream().map(this::stage).toList();
        return new EnginePlan(
                redis(graph.redis()),
                streams(plans),
                plans,
                graph.engine().drainMs(),
                graph.engine().idleConsumerMs(),
                new WatchPlan(
                        paces(), graph.engine().starvedAfterMs(), graph.engine().stalledAfterMs(), coverage(plans)));
    }

    private Map<String, Long> paces() {
        Map<String, Long> paces = new LinkedHashMap<>();
        graph.streams().stream()
                .filter(stream -> stream.ends().pace().isLimited())
                .forEach(stream ->
                        paces.put(stream.key(), ms(stream.ends().pace().seconds())));
        graph.keys().stream()
                .filter(key -> key.ends().pace().isLimited()
                        && key.template().variables().isEmpty())
                .forEach(key ->
                        paces.put(key.template().key(), ms(key.ends().pace().seconds())));
        return Map.copyOf(paces);
    }

    private static long ms(long seconds) {
        return seconds * 1_000;
    }

    /** The pairs of which a stage that runs here has one end in its hands: of others another engine tells. */
    private List<CoveragePlan> coverage(List<StagePlan> stages) {
        return graph.coverage().stream()
                .map(this::pair)
                .filter(pair -> stages.stream().anyMatch(stage -> isAtEnd(stage, pair)))
                .toList();
    }

    private CoveragePlan pair(CoverageWire wire) {
        Map<String, String> where = new LinkedHashMap<>();
        wire.where()
                .forEach(field -> where.put(field.name().text(), field.target().text()));
        CoveragePlan.Place in = graph.key(wire.in().text())
                .<CoveragePlan.Place>map(key -> new CoveragePlan.Place.AtKey(key.template()))
                .orElseGet(() ->
                        new CoveragePlan.Place.InStream(streamKey(wire.in().text()), where));
        return new CoveragePlan(
                wire.name().text(),
                streamKey(wire.of().text()),
                wire.by().text(),
                in,
                ms(wire.withinS()),
                ms(wire.windowS()),
                wire.alarmBelow(),
                ms(wire.alarmAfterS()));
    }

    private static boolean isAtEnd(StagePlan stage, CoveragePlan pair) {
        boolean isFed = stage.source() instanceof SourcePlan.FromStream source
                && source.key().equals(pair.of());
        if (pair.in() instanceof CoveragePlan.Place.AtKey at) {
            return isFed || stage.config().keys().containsValue(at.template());
        }
        CoveragePlan.Place.InStream in = (CoveragePlan.Place.InStream) pair.in();
        return isFed || stage.streams().containsValue(in.key());
    }

    private static RedisPlan redis(RedisWire redis) {
        return new RedisPlan(
                redis.host(),
                redis.port(),
                redis.database(),
                redis.login().username(),
                redis.login().password(),
                tls(redis.tls()),
                sentinels(redis.sentinels()),
                redis.commandTimeoutMs());
    }

    private static @Nullable TlsPlan tls(@Nullable TlsWire tls) {
        return tls == null ? null : new TlsPlan(tls.authorities(), tls.certificates(), tls.key());
    }

    private static @Nullable SentinelPlan sentinels(@Nullable SentinelWire sentinels) {
        return sentinels == null
                ? null
                : new SentinelPlan(
                        sentinels.master(),
                        sentinels.nodes().stream()
                                .map(node -> new SentinelPlan.Node(node.host(), node.port()))
                                .toList(),
                        sentinels.login().username(),
                        sentinels.login().password());
    }

    /** Written streams are bounded, which has been checked; those that are only read need not be. */
    private List<StreamPlan> streams(List<StagePlan> stages) {
        Set<String> used = new TreeSet<>();
        for (StagePlan stage : stages) {
            used.addAll(stage.streams().values());
            if (stage.source() instanceof SourcePlan.FromStream source) {
                used.add(source.key());
            }
        }
        return graph.streams().stream()
                .filter(stream -> used.contains(stream.key()))
                .filter(stream -> !(stream.bound() instanceof StreamWire.Bound.None))
                .map(stream -> new StreamPlan(stream.key(), policy(stream.bound()), readers(stream.key())))
                .toList();
    }

    /** The groups of all stages that are meant to run, wherever they do. */
    private Set<String> readers(String key) {
        return graph.stagesOn().stream()
                .map(StageWire::source)
                .filter(SourceWire.FromStream.class::isInstance)
                .map(SourceWire.FromStream.class::cast)
                .filter(source -> streamKey(source.in().text()).equals(key))
                .map(source -> source.group().text())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static StreamPlan.Policy policy(StreamWire.Bound bound) {
        if (bound instanceof StreamWire.Bound.Keep keep) {
            return new StreamPlan.Policy.Keep(keep.entries());
        }
        if (bound instanceof StreamWire.Bound.Cap cap) {
            return new StreamPlan.Policy.Cap(cap.entries(), cap.keepRead());
        }
        throw new IllegalStateException("a stream without a bound needs no policy");
    }

    private StagePlan stage(StageWire stage) {
        Map<String, String> streams = new LinkedHashMap<>();
        stage.out()
                .forEach(binding -> streams.put(
                        binding.name().text(), streamKey(binding.target().text())));
        return new StagePlan(
                stage.name().text(),
                stage.spec(),
                new OperatorConfig(
                        stage.settings().values(), keys(stage), stage.name().text()),
                source(stage),
                Map.copyOf(streams),
                deadStream(stage),
                stage.deadKeep(),
                stage.onPoison());
    }

    private Map<String, KeyTemplate> keys(StageWire stage) {
        Map<String, KeyTemplate> keys = new LinkedHashMap<>();
        for (Binding binding : stage.keys()) {
            keys.put(binding.name().text(), template(binding.target().text()));
        }
        return Map.copyOf(keys);
    }

    private KeyTemplate template(String target) {
        return graph.key(target).map(KeyWire::template).orElseGet(() -> {
            String key = streamKey(target);
            return new KeyTemplate(key, List.of(key), List.of());
        });
    }

    private SourcePlan source(StageWire stage) {
        if (stage.source() instanceof SourceWire.FromStream source) {
            return new SourcePlan.FromStream(
                    streamKey(source.in().text()),
                    source.group().text(),
                    source.consumer().text(),
                    source.batch(),
                    source.blockMs(),
                    source.minIdleMs(),
                    source.maxDeliveries(),
                    aliases(stage, source),
                    source.onGroupLost());
        }
        SourceWire.OnInterval interval = (SourceWire.OnInterval) stage.source();
        return new SourcePlan.OnInterval(interval.everyMs(), PolledItems.field(stage.spec()), PolledItems.of(stage));
    }

    private static Map<String, String> aliases(StageWire stage, SourceWire.FromStream source) {
        Map<String, String> aliases = new LinkedHashMap<>();
        for (FieldSpec field : stage.spec().input()) {
            field.aliases().forEach(alias -> aliases.put(alias, field.name()));
        }
        source.aliases()
                .forEach(
                        alias -> aliases.put(alias.name().text(), alias.target().text()));
        return Map.copyOf(aliases);
    }

    private String deadStream(StageWire stage) {
        String suffix = "dead:" + stage.name().text();
        return stage.source() instanceof SourceWire.FromStream source
                ? streamKey(source.in().text()) + ":" + suffix
                : stage.name().text() + ":dead";
    }

    private String streamKey(String nameOrKey) {
        return graph.stream(nameOrKey)
                .map(StreamWire::key)
                .orElseThrow(() -> new IllegalStateException("an undeclared stream passed the checks: " + nameOrKey));
    }
}
