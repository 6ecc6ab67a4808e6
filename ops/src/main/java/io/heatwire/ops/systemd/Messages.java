package io.heatwire.ops.systemd;

import java.util.List;
import reactor.core.publisher.Mono;

/** Where messages to systemd go. */
interface Messages {

    /** One message of these assignments; emits whether it has arrived. Never fails. */
    Mono<Boolean> send(List<String> assignments);
}
