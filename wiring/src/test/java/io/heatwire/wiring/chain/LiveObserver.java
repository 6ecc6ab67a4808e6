package io.heatwire.wiring.chain;

import com.google.gson.JsonObject;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.operators.heatobserver.ObserverStage;
import io.heatwire.operators.world.OperatorWorld;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An observer stage of the shipped wiring on a real Redis; started again when a call has other settings. */
final class LiveObserver implements ObserverStage.Late, AutoCloseable {

    private final TestRedis redis;
    private final VectorRedis vectors;
    private final String name;
    private final String input;
    private final long startMs;
    private final boolean waits;
    private final Map<String, Double> meters = new TreeMap<>();
    private final Set<Long> ttlsMs = new HashSet<>();
    private volatile long nowMs;
    private Map<String, String> settings = Map.of();
    private @Nullable LiveStage stage;
    private OperatorWorld last = new OperatorWorld();
    private int taken;

    /**
     * A stage that is started by its first entry.
     *
     * @param waits whether entries are settled only when the clock moves
     */
    LiveObserver(TestRedis redis, VectorRedis vectors, String name, String input, long startMs, boolean waits) {
        this.redis = redis;
        this.vectors = vectors;
        this.name = name;
        this.input = input;
        this.startMs = startMs;
        this.nowMs = startMs;
        this.waits = waits;
    }

    @Override
    public void hash(String key, JsonObject fields) {
        vectors.hash(key, fields);
    }

    @Override
    public void command(List<String> words) {
        vectors.runWords(words);
    }

    @Override
    public void observe(Map<String, String> now, List<JsonObject> entries) {
        if (!settings.equals(now)) {
            stop();
            settings = now;
            taken = 0;
        }
        entries.forEach(entry -> vectors.append(input, startMs, entry));
        taken += entries.size();
        if (stage == null) {
            stage = LiveStage.start(redis, plan(), () -> nowMs);
        }
        if (!waits) {
            stage.settles(taken);
        }
    }

    /** The point of observation is no environment variable: it is set in the plan. */
    private EnginePlan plan() {
        EnginePlan plan = LiveStage.plan(LiveStage.load(redis, settings, name));
        String point = settings.get("obs_point");
        return point == null
                ? plan
                : new EnginePlan(
                        plan.redis(),
                        plan.streams(),
                        List.of(observingAt(point, plan.stages().get(0))),
                        plan.drainMs());
    }

    private static StagePlan observingAt(String point, StagePlan stage) {
        Map<String, Object> all = new HashMap<>(stage.config().settings());
        all.put("obs_point", point);
        return new StagePlan(
                stage.name(),
                stage.spec(),
                new OperatorConfig(all, stage.config().keys()),
                stage.source(),
                stage.streams(),
                stage.deadStream(),
                stage.deadKeep());
    }

    @Override
    public void age(long ms) {
        nowMs = startMs + ms;
    }

    @Override
    public void settles(int entries) {
        if (stage != null) {
            stage.reaches(entries);
        }
    }

    @Override
    public OperatorWorld world() {
        stop();
        last.meters.clear();
        last.meters.putAll(meters);
        return last;
    }

    private void stop() {
        if (stage != null) {
            stage.settles(taken);
            ttlsMs.add(1000L * Long.parseLong(settings.getOrDefault("P28_DEDUPE_TTL_SEC", "600")));
            last = stage.world(ttlsMs.toArray(new Long[0]));
            last.meters.forEach((series, value) -> meters.merge(series, value, Double::sum));
            stage = null;
        }
    }

    @Override
    public void close() {
        if (stage != null) {
            stage.close();
        }
    }
}
