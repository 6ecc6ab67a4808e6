package io.heatwire.ops.cli;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.redis.RedisAccess;
import io.heatwire.ops.dead.RedisRefusedException;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.live.LiveReport;
import java.time.Duration;
import reactor.core.publisher.Mono;

/** One look at the Redis of a wiring, on a connection of its own. */
final class LiveLook {

    private LiveLook() {}

    /**
     * Looks, and waits for it.
     *
     * @throws RedisRefusedException when Redis cannot be reached or is lost meanwhile
     */
    static LiveReport at(WiringPlan wiring, Duration atMost) {
        try {
            return Mono.usingWhen(
                            RedisAccess.connect(wiring.engine().redis()),
                            access -> wiring.live().run(access, atMost),
                            RedisAccess::close)
                    .blockOptional()
                    .orElseThrow();
        } catch (LinkException failure) {
            throw new RedisRefusedException(wiring.engine().redis(), failure);
        }
    }
}
