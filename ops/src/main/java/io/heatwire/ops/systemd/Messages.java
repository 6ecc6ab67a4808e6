package io.heatwire.ops.systemd;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where messages to systemd go. */
interface Messages {

    /** One message of these assignments; completes when it has arrived, or cannot. Never fails. */
    Mono<Void> send(List<String> assignments);
}
