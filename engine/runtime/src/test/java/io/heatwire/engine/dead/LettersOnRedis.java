package io.heatwire.engine.dead;

import static org.awaitility.Awaitility.await;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.Engine;
import io.heatwire.engine.TestOperators;
import io.heatwire.engine.TestRedis;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.redis.RedisAccess;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A real server, and an engine on it whose entries become dead letters and back. The stage has no guards: only the gate holds. */
abstract class LettersOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final String DEAD = "in:dead:copy";

    TestRedis redis;
    SimpleMeterRegistry registry;
    RedisAccess access;
    EnginePlan plan;
    DeadLetters letters;
    private Engine engine;

    @BeforeEach
    void startRedis() {
        redis = TestRedis.start();
        SourcePlan source = new SourcePlan.FromStream("in", "g", "c", 100, 50, 200, 16, Map.of());
        StagePlan stage = TestOperators.copyStage(source, Map.of("guarded", false));
        plan = TestOperators.plan(redis.plan(), new Policy.Keep(1_000_000), stage);
        access = RedisAccess.connect(redis.plan()).block(PATIENCE);
        letters = new DeadLetters(access, plan, stage);
        redis.command("XGROUP", "CREATE", "in", "g", "0", "MKSTREAM");
    }

    @AfterEach
    void stopAll() {
        stopEngine();
        access.close().block(PATIENCE);
        redis.close();
    }

    void startEngine() {
        registry = new SimpleMeterRegistry();
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
    }

    void stopEngine() {
        if (engine != null) {
            engine.drain().block(PATIENCE);
            engine = null;
        }
    }

    /** An entry whose hash key holds another type becomes a letter; without that key it can be processed. */
    String bury(String... pairs) {
        long before = redis.number("XLEN", DEAD);
        redis.command("SET", "by_id:" + pairs[1], "in the way");
        String id = redis.add("in", pairs);
        if (engine == null) {
            startEngine();
        }
        await().atMost(PATIENCE).until(() -> redis.number("XLEN", DEAD) == before + 1);
        redis.command("DEL", "by_id:" + pairs[1]);
        return id;
    }

    EntryId newest() {
        return letters.newestFirst(1).blockFirst(PATIENCE).id();
    }

    Requeued requeue(EntryId id) {
        return letters.requeue(id, Consent.NONE).block(PATIENCE);
    }

    List<String> cameOut() {
        return redis.entries("out").stream().map(entry -> entry.get("n")).toList();
    }

    void settled() {
        await().atMost(PATIENCE).until(() -> redis.pending("in", "g") == 0);
    }

    List<EntryId> ids() {
        return letters.oldestFirst().map(LetterHead::id).collectList().block(PATIENCE);
    }

    static String[] wide(String n, int fields) {
        String[] pairs = new String[2 * fields];
        Arrays.fill(pairs, "v");
        pairs[0] = "n";
        pairs[1] = n;
        IntStream.range(1, fields).forEach(i -> pairs[2 * i] = "f" + i);
        return pairs;
    }
}
