package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.LinkFactory;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Counts what passes between a stage and Redis, independently of the engine's own meters, and can keep replies to commits. */
final class LinkTap {

    private final AtomicLong handedOut = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private final AtomicLong mostHeld = new AtomicLong();
    private final AtomicReference<Sinks.@Nullable Empty<Void>> letGo = new AtomicReference<>();
    private volatile boolean holding;

    /** The same factory with the tap in between. */
    LinkFactory on(LinkFactory links) {
        return (source, script) -> links.open(source, script).map(Tapped::new);
    }

    /** Entries that reads have handed to the stage. */
    long handedOut() {
        return handedOut.get();
    }

    /** The most entries that were between a read and the reply to their commit at any time. */
    long mostHeld() {
        return mostHeld.get();
    }

    /** From now on what Redis has committed is not told to the stage before this is let go. */
    void holdReplies() {
        letGo.set(Sinks.empty());
    }

    /** Whether Redis has carried out a commit whose reply is held. */
    boolean isHoldingReply() {
        return holding;
    }

    void letRepliesGo() {
        Sinks.Empty<Void> gate = letGo.getAndSet(null);
        holding = false;
        if (gate != null) {
            gate.tryEmitEmpty();
        }
    }

    private Mono<Void> passed(long[] reply) {
        Sinks.Empty<Void> gate = letGo.get();
        if (gate == null || reply[0] != 0) {
            return Mono.empty();
        }
        holding = true;
        return gate.asMono();
    }

    private final class Tapped extends PassingLink {

        Tapped(StageLink link) {
            super(link);
            held.set(0);
        }

        @Override
        public Mono<Batch> fresh(int count, long blockMs) {
            return super.fresh(count, blockMs).doOnNext(this::read);
        }

        @Override
        public Mono<Batch> ownPending(EntryId after, int count) {
            return super.ownPending(after, count).doOnNext(this::read);
        }

        @Override
        public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> of) {
            return super.reclaim(minIdleMs, count, togetherUpTo, of).doOnNext(this::read);
        }

        @Override
        public Mono<long[]> commit(ScriptCall call) {
            return super.commit(call).delayUntil(LinkTap.this::passed).doOnNext(reply -> {
                if (reply[0] == 0) {
                    held.addAndGet(-SabotagedLinks.entries(call));
                }
            });
        }

        private void read(Batch batch) {
            int entries = batch.entries().size();
            handedOut.addAndGet(entries);
            long now = held.addAndGet(entries);
            mostHeld.accumulateAndGet(now, Math::max);
        }
    }
}
