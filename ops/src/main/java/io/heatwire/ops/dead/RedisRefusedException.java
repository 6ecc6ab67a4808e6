package io.heatwire.ops.dead;

import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.RedisPlan;

/** Redis cannot be reached, or does not do what is asked. */
public final class RedisRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What came of asking this Redis. */
    public RedisRefusedException(RedisPlan redis, LinkException failure) {
        super(text(redis, failure), failure);
    }

    private static String text(RedisPlan redis, LinkException failure) {
        String said = Escaped.plain(String.valueOf(failure.getMessage()));
        return switch (failure.kind()) {
            case EPOCH_OVER ->
                "no answer from " + redis + ": " + said + "; is it running, and is this the wiring of that server?";
            case RETRY -> redis + " cannot do this now: " + said + "; give the command again later";
            case REFUSED, GROUP_LOST -> redis + " refuses: " + said;
        };
    }
}
