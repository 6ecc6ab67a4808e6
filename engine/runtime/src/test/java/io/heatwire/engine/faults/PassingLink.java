package io.heatwire.engine.faults;

import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import io.heatwire.engine.link.Batch;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.HandedBack;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.link.StageLink;
import java.util.Collection;
import java.util.function.Predicate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Passes everything on; what stands between a stage and Redis changes a method or two. */
class PassingLink implements StageLink {

    private final StageLink link;

    PassingLink(StageLink link) {
        this.link = link;
    }

    @Override
    public GroupFound group() {
        return link.group();
    }

    @Override
    public Mono<Batch> fresh(int count, long blockMs) {
        return link.fresh(count, blockMs);
    }

    @Override
    public Mono<Batch> ownPending(EntryId after, int count) {
        return link.ownPending(after, count);
    }

    @Override
    public Mono<Long> mostOwnDeliveries() {
        return link.mostOwnDeliveries();
    }

    @Override
    public Mono<Batch> reclaim(long minIdleMs, int count, long togetherUpTo, Predicate<EntryId> held) {
        return link.reclaim(minIdleMs, count, togetherUpTo, held);
    }

    @Override
    public Mono<Found> lookUp(Collection<LookUp> lookUps) {
        return link.lookUp(lookUps);
    }

    @Override
    public Mono<Batch> peek(EntryId id) {
        return link.peek(id);
    }

    @Override
    public Mono<long[]> commit(ScriptCall call) {
        return link.commit(call);
    }

    @Override
    public Mono<Void> interruptRead() {
        return link.interruptRead();
    }

    @Override
    public Mono<String> takeName(String owner, String ended) {
        return link.takeName(owner, ended);
    }

    @Override
    public Mono<Void> releaseName(String owner) {
        return link.releaseName(owner);
    }

    @Override
    public Flux<HandedBack> handBack(String owner) {
        return link.handBack(owner);
    }

    @Override
    public Mono<Void> close() {
        return link.close();
    }
}
