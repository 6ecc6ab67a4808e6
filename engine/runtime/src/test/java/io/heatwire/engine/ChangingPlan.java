package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** An engine that goes over to another plan while entries flow. */
abstract class ChangingPlan extends OneEngineOnRedis {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Policy KEEP = new Policy.Keep(1_000_000);

    static final String FEED = "for n = tonumber(ARGV[1]), tonumber(ARGV[2]) - 1 do "
            + "redis.call('XADD', KEYS[1], '*', 'n', n) end return 1";

    EnginePlan plan(StagePlan... stages) {
        return plan(redis.plan(), KEEP, 3000, stages);
    }

    static EnginePlan plan(RedisPlan redis, Policy out, long drainMs, StagePlan... stages) {
        List<StreamPlan> streams = Stream.of("out", "mid", "other", "observed")
                .map(key -> new StreamPlan(key, out))
                .toList();
        return new EnginePlan(redis, streams, List.of(stages), drainMs);
    }

    void start(EnginePlan plan) {
        engine = Engine.of(plan, registry);
        engine.start().block(PATIENCE);
        await().atMost(PATIENCE).until(() -> engine.health().ready());
    }

    PlanChange change(EnginePlan next) {
        return engine.change(next).block(PATIENCE);
    }

    @Override
    void feed(int from, int to) {
        feed(redis, from, to);
    }

    static void feed(TestRedis redis, int from, int to) {
        redis.command("EVAL", FEED, "1", "in", "" + from, "" + to);
    }

    StageHealth health(String stage) {
        return engine.health().stages().stream()
                .filter(each -> each.stage().equals(stage))
                .findFirst()
                .orElseThrow();
    }

    static void awaitEachOnce(TestRedis redis, String stream, int entries) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(redis.number("XLEN", stream)).isGreaterThanOrEqualTo(entries));
        List<String> numbers =
                redis.entries(stream).stream().map(entry -> entry.get("n")).toList();
        assertThat(numbers).hasSize(entries);
        assertThat(new HashSet<>(numbers)).hasSize(entries);
    }

    List<String> stamps(String stream) {
        return redis.entries(stream).stream().map(entry -> entry.get("seen")).toList();
    }
}
