package io.heatwire.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.health.StageHealth;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.StagePlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plans the engine cannot go over to: it goes on with the one it has. */
class ChangeRefusedIT extends ChangingPlan {

    @Test
    void drainsNothingWhenAnOperatorCannotBeMade() {
        start(plan(Stamp.stage("stamp", "in", "out", "one")));
        assertThatThrownBy(() -> change(plan(
                        Stamp.stage("stamp", "in", "out", "two"), Stamp.stage("more", "in", "other", Stamp.BROKEN))))
                .isInstanceOfSatisfying(ChangeRefusedException.class, refused -> {
                    assertThat(refused).hasMessage("stage more: operator stamp cannot be made: no such stamp");
                    assertThat(refused.isRolledBack()).isFalse();
                });
        assertThat(health("stamp").epochs()).isEqualTo(1);
        assertThat(registry.find("heatwire_stage_up").tag("stage", "more").gauges())
                .isEmpty();
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);
        assertThat(stamps("out")).containsOnly("one");
    }

    @Test
    void putsAllBackWhenTheInputOfANewStageIsNoStream() {
        StagePlan steady = Stamp.stage("steady", "in", "other", "s");
        start(plan(Stamp.stage("stamp", "in", "out", "one"), Stamp.stage("gone", "in", "mid", "g"), steady));
        redis.command("SET", "text", "not a stream");

        assertThatThrownBy(() -> change(plan(
                        Stamp.stage("stamp", "in", "out", "two"), Stamp.stage("more", "text", "other", "m"), steady)))
                .isInstanceOfSatisfying(ChangeRefusedException.class, refused -> {
                    assertThat(refused.getMessage()).contains("stage more does not start", "WRONGTYPE");
                    assertThat(refused.isRolledBack()).isTrue();
                });

        feed(0, 50);
        for (String out : List.of("out", "mid", "other")) {
            awaitEachOnce(redis, out, 50);
        }
        assertThat(stamps("out")).containsOnly("one");
        assertThat(health("steady").epochs()).isEqualTo(1);
        assertThat(engine.health().stages()).extracting(StageHealth::stage).containsExactly("stamp", "gone", "steady");
        assertThat(registry.find("heatwire_stage_up").tag("stage", "more").gauges())
                .isEmpty();
    }

    @Test
    void putsAllBackWhenARightIsMissing() {
        redis.command("ACL", "SETUSER", "narrow", "on", ">pw", "+@all", "~in*", "~out*", "~stamp*");
        RedisPlan open = redis.plan();
        RedisPlan narrow = new RedisPlan(open.host(), open.port(), 0, "narrow", "pw", false, 3000);
        start(plan(narrow, KEEP, 3000, Stamp.stage("stamp", "in", "out", "one")));
        assertThatThrownBy(() -> change(plan(narrow, KEEP, 3000, Stamp.stage("stamp", "elsewhere", "out", "two"))))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("stage stamp does not start: NOPERM");
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);
    }

    @Test
    void drainsNothingForARedisThatIsNotThere() {
        start(plan(Stamp.stage("stamp", "in", "out", "one")));
        RedisPlan nowhere = new RedisPlan("127.0.0.1", 1, 0, null, null, false, 1000);
        assertThatThrownBy(() -> change(plan(nowhere, KEEP, 3000, Stamp.stage("stamp", "in", "out", "two"))))
                .isInstanceOf(ChangeRefusedException.class)
                .hasMessageContaining("redis://127.0.0.1:1/0: ");
        assertThat(health("stamp").epochs()).isEqualTo(1);
        feed(0, 10);
        awaitEachOnce(redis, "out", 10);
    }
}
