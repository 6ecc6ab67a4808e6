package io.heatwire.engine.faults;

import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** How an engine process behaves: some end without a word at one point of a batch, as kill -9 ends them. */
enum Manner {
    STEADY,
    /** Takes its time over each entry, so that a freeze finds it in the middle of a batch. */
    SLOW,
    HALTS_AFTER_READ,
    HALTS_IN_THE_OPERATOR,
    HALTS_BEFORE_COMMIT,
    HALTS_AFTER_REPLY,
    /** Dies of every entry whose number begins with this word. */
    DIES_OF_DEADLY;

    static final String DEADLY = "deadly";

    /** Some batches pass first. */
    private static final int BATCH = 6;

    private static final int ENTRY = 117;
    private static final long SLOW_NANOS = 1_000_000;

    LinkFactory on(LinkFactory links) {
        AtomicInteger reads = new AtomicInteger();
        AtomicInteger commits = new AtomicInteger();
        return (source, script) -> links.open(source, script).map(link -> new Halting(link, reads, commits));
    }

    Consumer<Event> inTheOperator() {
        AtomicInteger events = new AtomicInteger();
        return event -> {
            if (this == SLOW) {
                spin();
            }
            if (this == DIES_OF_DEADLY && event.get("n", "").startsWith(DEADLY)) {
                Runtime.getRuntime().halt(137);
            }
            haltIf(HALTS_IN_THE_OPERATOR, events, ENTRY);
        };
    }

    /** A pure operator has nothing to wait for; a slow one computes. */
    static void spin() {
        long until = System.nanoTime() + SLOW_NANOS;
        long turns = 0;
        while (System.nanoTime() < until) {
            turns++;
        }
        if (turns < 0) {
            throw new IllegalStateException("counted too far");
        }
    }

    private void haltIf(Manner here, AtomicInteger count, int at) {
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
                    haltIf(HALTS_AFTER_READ, reads, BATCH);
                }
            });
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            haltIf(HALTS_BEFORE_COMMIT, commits, BATCH);
            return super.commit(call).doOnNext(reply -> haltIf(HALTS_AFTER_REPLY, commits, BATCH));
        }
    }
}
