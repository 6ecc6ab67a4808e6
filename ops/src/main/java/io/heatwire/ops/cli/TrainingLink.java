package io.heatwire.ops.cli;

import io.heatwire.engine.link.ControlLink;
import java.util.List;
import reactor.core.publisher.Mono;

/** Answers for a Redis where every key is a stream with one entry: what looks at a running Redis is loaded by being used. */
final class TrainingLink implements ControlLink {

    private static final String ID = "1795000000000-0";
    private static final List<Object> STREAM = List.of("length", 1L, "last-generated-id", ID);
    private static final List<Object> GROUPS =
            List.of(List.of("name", "g", "consumers", 0L, "pending", 0L, "last-delivered-id", ID, "lag", 0L));

    @Override
    public Mono<Object> command(String name, String... args) {
        return Mono.justOrEmpty(
                switch (name) {
                    case "TIME" -> List.of("1795000000", "0");
                    case "TYPE" -> "stream";
                    case "INFO" -> "redis_version:7.0.0\r\n";
                    case "SCAN" -> List.of("0", List.of());
                    case "XINFO" -> args.length > 0 && args[0].equals("GROUPS") ? GROUPS : STREAM;
                    case "XRANGE", "XREVRANGE" -> List.of(List.of(ID, List.of("plan_id", "1")));
                    default -> null;
                });
    }

    @Override
    public Mono<Boolean> removeIdleConsumer(String stream, String group, String consumer, long idleMs) {
        return Mono.just(false);
    }

    @Override
    public Mono<Void> close() {
        return Mono.empty();
    }
}
