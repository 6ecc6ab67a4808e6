package io.heatwire.engine.stage;

import io.heatwire.engine.link.StageLink;
import reactor.core.publisher.Mono;

/** The work of a stage over one pair of connections. The same object runs one epoch after another. */
interface Epoch {

    /** Works until it is asked to stop (completes) or something is lost (fails). */
    Mono<Void> run(StageLink link);

    /** Asks the running epoch to read nothing more and to finish what it holds. */
    void stopReading();
}
