package io.heatwire.ops.dead;

import io.heatwire.engine.dead.DeadLetters;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.redis.RedisAccess;
import java.util.List;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** A connection to the Redis of a wiring, to look at it and to work on its dead letters. No engine need run, and a running one is not disturbed. */
public final class DeadDesk implements AutoCloseable {

    private final EnginePlan plan;
    private final RedisAccess access;

    private DeadDesk(EnginePlan plan, RedisAccess access) {
        this.plan = plan;
        this.access = access;
    }

    /**
     * Connects.
     *
     * @throws RedisRefusedException when there is no connection to be had
     */
    public static DeadDesk open(EnginePlan plan) {
        try {
            return new DeadDesk(
                    plan, RedisAccess.connect(plan.redis()).blockOptional().orElseThrow());
        } catch (LinkException failure) {
            throw new RedisRefusedException(plan.redis(), failure);
        }
    }

    /** The letters of a stage. */
    public DeadLetters letters(StagePlan stage) {
        return new DeadLetters(access, plan, stage);
    }

    /**
     * Any command.
     *
     * @return the reply as {@link RedisAccess#bytes} gives it
     */
    public Mono<Object> bytes(String name, String... args) {
        return access.bytes(name, args);
    }

    /**
     * A script, which the server is given when it does not know it.
     *
     * @return the reply as {@link RedisAccess#script} gives it
     */
    public Mono<Object> script(String text, List<String> keys, String... args) {
        return access.script(text, keys, args);
    }

    /** The connection, which stays this desk's. */
    public ControlLink link() {
        return access;
    }

    /**
     * Waits for this.
     *
     * @throws RedisRefusedException when Redis refuses or is lost
     */
    public <T> Optional<T> await(Mono<T> reply) {
        try {
            return reply.blockOptional();
        } catch (LinkException failure) {
            throw refused(failure);
        }
    }

    /** Waits for all of these. */
    public <T> List<T> awaitAll(Flux<T> replies) {
        return await(replies.collectList()).orElseThrow();
    }

    /** What to say of this failure. */
    public RedisRefusedException refused(LinkException failure) {
        return new RedisRefusedException(plan.redis(), failure);
    }

    @Override
    public void close() {
        access.close().block();
    }
}
