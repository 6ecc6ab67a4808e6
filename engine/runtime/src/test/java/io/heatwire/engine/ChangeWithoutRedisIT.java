package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.plan.RedisPlan;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Going over to another plan while Redis is away, was never there, or is another one. */
class ChangeWithoutRedisIT extends ChangingPlan {

    @Test
    void acceptsWhileRedisIsAwayAndGoesOnWhenItIsBack() {
        start(plan(Stamp.stage("stamp", "in", "out", "one")));
        redis.server().kill();
        assertThat(change(plan(Stamp.stage("stamp", "in", "out", "two"))).changed())
                .containsExactly("stamp");
        redis.crash();
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);
        assertThat(stamps("out")).containsOnly("two");
    }

    @Test
    void changesWhatItWaitsForBeforeItHasEverConnected() {
        RedisPlan plan = redis.plan();
        RedisPlan wrong = new RedisPlan(plan.host(), plan.port(), 0, null, "wrong", false, 1000);
        engine = Engine.of(plan(wrong, KEEP, 3000, Stamp.stage("stamp", "in", "out", "one")), registry);
        CompletableFuture<Void> started = engine.start().toFuture();
        await().atMost(PATIENCE).until(() -> health("stamp").error().contains("WRONGPASS"));
        change(plan(Stamp.stage("stamp", "in", "out", "two")));
        await().atMost(PATIENCE).until(started::isDone);
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);
        assertThat(stamps("out")).containsOnly("two");
    }

    @Test
    void movesToAnotherRedisAndLeavesNoConnectionBehind() {
        try (TestRedis second = TestRedis.start()) {
            long before = clients(redis);
            start(plan(Stamp.stage("stamp", "in", "out", "one")));
            feed(redis, 0, 10);
            awaitEachOnce(redis, "out", 10);
            feed(second, 0, 20);
            PlanChange change = change(plan(second.plan(), KEEP, 3000, Stamp.stage("stamp", "in", "out", "two")));
            assertThat(change).hasToString("another Redis, stamp changed; 0 untouched");
            awaitEachOnce(second, "out", 20);
            assertThat(clients(redis)).isEqualTo(before);
            assertThat(redis.number("EXISTS", "in:consumer:stamp:stamp_1")).isZero();
            await().atMost(PATIENCE).until(() -> engine.health().stages().get(0).backlog() == 0);
            assertThat(engine.health().redis()).contains(":" + second.plan().port());
            engine.drain().block(PATIENCE);
        }
    }

    private static long clients(TestRedis redis) {
        return redis.command("CLIENT", "LIST", "TYPE", "NORMAL")
                .toString()
                .lines()
                .count();
    }
}
