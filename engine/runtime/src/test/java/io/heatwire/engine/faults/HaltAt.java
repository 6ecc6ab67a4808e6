package io.heatwire.engine.faults;

import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** At which point of a batch an engine process ends without a word, as kill -9 ends it. */
enum HaltAt {
    NEVER,
    AFTER_READ,
    IN_THE_OPERATOR,
    BEFORE_COMMIT,
    AFTER_REPLY;

    /** Some batches pass first. */
    private static final int BATCH = 6;

    private static final int ENTRY = 117;

    LinkFactory on(LinkFactory links) {
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger commits = new AtomicInteger();
        return (source, from, script) ->
                links.open(source, from, script).map(link -> new Halting(link, reads, commits));
    }

    Consumer<Event> inTheOperator() {
        AtomicInteger events = new AtomicInteger();
        return event -> haltIf(IN_THE_OPERATOR, events, ENTRY);
    }

    private void haltIf(HaltAt here, AtomicInteger count, int at) {
        if (this == here && count.incrementAndGet() == at) {
            Runtime.getRuntime().halt(137);
        }
    }

    private final class Halting extends PassingLink {
        private final AtomicInteger reads;
        private final AtomicInteger commits;

        Halting(StageLink link, AtomicInteger reads, AtomicInteger commits) {
            super(link);
            this.reads = reads;
            this.commits = commits;
        }

        @Override
        public Mono<Batch> fresh(int count, long blockMs) {
            return super.fresh(count, blockMs).doOnNext(batch -> {
                if (!batch.isEmpty()) {
                    haltIf(AFTER_READ, reads, BATCH);
                }
            });
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            haltIf(BEFORE_COMMIT, commits, BATCH);
            return super.commit(call).doOnNext(reply -> haltIf(AFTER_REPLY, commits, BATCH));
        }
    }
}
