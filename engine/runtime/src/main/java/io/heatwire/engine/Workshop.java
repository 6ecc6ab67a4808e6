package io.heatwire.engine;

import io.heatwire.engine.change.ChangeRefusedException;
import io.heatwire.engine.change.PlanChange;
import io.heatwire.engine.lease.Owner;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan;
import io.heatwire.engine.redis.RedisLinks;
import io.heatwire.engine.stage.StageRunner;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.time.RedisClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Makes what runs by a plan; starts nothing. */
record Workshop(MeterBook book, RedisClock clock, Owner owner, UnaryOperator<LinkFactory> wrapping) {

    Generation first(EnginePlan plan) {
        RedisLinks links = new RedisLinks(plan.redis());
        LinkFactory stageLinks = wrapping.apply(links);
        List<StageRunner> stages = plan.stages().stream()
                .map(stage -> runner(stage, plan, stageLinks, new StageStatus()))
                .toList();
        return new Generation(plan, links, stageLinks, stages);
    }

    /**
     * What takes the place of this generation: the stages that stay, and new ones for those that do not.
     *
     * @throws ChangeRefusedException when an operator cannot be made; nothing is left of the attempt
     */
    Generation successor(Generation before, EnginePlan plan, PlanChange change) {
        RedisLinks links = change.hasNewRedis() ? new RedisLinks(plan.redis()) : before.links();
        LinkFactory stageLinks = change.hasNewRedis() ? wrapping.apply(links) : before.stageLinks();
        List<StageRunner> stages = new ArrayList<>();
        for (StagePlan stage : plan.stages()) {
            Optional<StageRunner> old = before.stage(stage.name());
            if (old.isPresent() && change.untouched().contains(stage.name())) {
                stages.add(old.get());
                continue;
            }
            StageStatus status =
                    old.map(StageRunner::status).map(StageStatus::after).orElseGet(StageStatus::new);
            try {
                stages.add(runner(stage, plan, stageLinks, status));
            } catch (RuntimeException | Error thrown) {
                stages.removeAll(before.stages());
                stages.forEach(StageRunner::dispose);
                if (change.hasNewRedis()) {
                    links.close().subscribe();
                }
                throw new ChangeRefusedException(
                        "stage " + stage.name() + ": operator " + stage.spec().name() + " cannot be made: "
                                + thrown.getMessage(),
                        false);
            }
        }
        return new Generation(plan, links, stageLinks, List.copyOf(stages));
    }

    /** The first generation again after the second has failed: with new stages in place of those that were stopped. */
    Generation restored(Generation first, Generation second, PlanChange change) {
        List<StageRunner> stages = first.stages().stream()
                .map(stage -> change.untouched().contains(stage.plan().name())
                        ? stage
                        : runner(stage.plan(), first.plan(), first.stageLinks(), statusAfter(stage, second)))
                .toList();
        return new Generation(first.plan(), first.links(), first.stageLinks(), stages);
    }

    private static StageStatus statusAfter(StageRunner stage, Generation second) {
        return StageStatus.after(second.stage(stage.plan().name()).orElse(stage).status());
    }

    private StageRunner runner(StagePlan stage, EnginePlan plan, LinkFactory links, StageStatus status) {
        Map<String, StreamPlan.Policy> policies =
                plan.streams().stream().collect(Collectors.toMap(StreamPlan::key, StreamPlan::policy));
        return StageRunner.of(stage, policies, links, book, clock, owner, status);
    }
}
