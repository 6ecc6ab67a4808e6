package io.heatwire.ops.http;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What a listener that serves the page answers beyond metrics, health and ready. It changes nothing. */
@FunctionalInterface
public interface Site {

    /** Nothing. */
    Site NONE = request -> Optional.empty();

    /** The reply to this request; empty when nothing is there. Must not wait. */
    Optional<Reply> reply(Request request);

    /**
     * What is asked for.
     *
     * @param path with its leading slash, without a query
     * @param uri the path with the query, as it came
     * @param held the version of the answer that the client has already; null for none
     * @param isForeign whether a browser says that another site asks
     * @param isTrusted whether the client may see what events hold: it has shown a token, or the listener is on this machine only
     */
    record Request(String path, String uri, @Nullable String held, boolean isForeign, boolean isTrusted) {}

    /** An answer. */
    sealed interface Reply {

        /** A whole one; never fails. */
        record Whole(Mono<Answer> answer) implements Reply {

            /** One that is there already. */
            public Whole(Answer answer) {
                this(Mono.just(answer));
            }
        }

        /** Server-sent events, each with its end; what a client does not take in time is left out for it. */
        record Events(Flux<String> events) implements Reply {}
    }
}
