package io.heatwire.wiring.live;

import reactor.core.publisher.Mono;

/** One thing that a look at the running system answers. */
interface LivePart {

    /** One word for the line of this part. */
    String name();

    /** Notes every place where something does not hold; gives what was looked at, for people. */
    Mono<String> look(Scene scene);
}
