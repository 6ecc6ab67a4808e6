package io.heatwire.engine.watch;

import io.heatwire.engine.link.LinkException;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * What the watch is refused: said once for each subject until it goes through again. A missing key is no complaint, the stage
 * that needs it creates it. Used by one watch, one step at a time.
 */
final class Complaints {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");

    private final Map<String, String> said = new HashMap<>();

    /** The same step, but a refusal ends it quietly, so that the steps behind it are taken; other failures pass. */
    Mono<Void> instead(String subject, Mono<Void> step) {
        return step.doOnSuccess(done -> said.remove(subject)).onErrorResume(LinkException.class, failure -> {
            if (failure.kind() != LinkException.Kind.REFUSED) {
                return Mono.error(failure);
            }
            complain(subject, failure);
            return Mono.empty();
        });
    }

    private void complain(String subject, LinkException failure) {
        String why = String.valueOf(failure.getMessage());
        if (!why.contains("no such key") && !why.equals(said.put(subject, why))) {
            LOG.warn("{} does not go through: {}", subject, why);
        }
    }
}
