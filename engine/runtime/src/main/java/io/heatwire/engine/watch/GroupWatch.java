package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.MeterBook;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.stage.StageStatus;
import io.heatwire.engine.watch.GroupAccount.Cause;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/** What the broker knows of the group of one stage: how far it is behind, what it has lost, and how soon it may lose more. */
final class GroupWatch {

    private final String stage;
    private final SourcePlan.FromStream source;
    private final StageStatus status;
    private final boolean waitsForReaders;
    private final MeterBook book;
    private final LongSupplier clock;
    private final Logger log;
    private final String offsetKey;
    private final GroupAccount account = new GroupAccount();
    private final TimeToLoss timeToLoss = new TimeToLoss();
    private final LossWarning warning = new LossWarning();
    private volatile Sight sight = Sight.NONE;
    private long unsaved;

    /**
     * A watch over this stage's group.
     *
     * @param waitsForReaders whether the stream is capped: what trims it never takes what this group has not passed
     */
    GroupWatch(
            String stage,
            SourcePlan.FromStream source,
            StageStatus status,
            boolean waitsForReaders,
            MeterBook book,
            LongSupplier clock) {
        this.stage = stage;
        this.source = source;
        this.status = status;
        this.waitsForReaders = waitsForReaders;
        this.book = book;
        this.clock = clock;
        this.log = LoggerFactory.getLogger("heatwire." + stage);
        this.offsetKey = SavedOffset.key(source.key(), source.group());
        book.record(EngineMeters.TIME_TO_LOSS, TimeToLoss.NEVER, stage);
    }

    /**
     * What the last look saw.
     *
     * @param look the group; null unless it was there
     */
    record Sight(Presence presence, @Nullable GroupLook look) {

        private static final Sight NONE = new Sight(Presence.UNKNOWN, null);

        static Sight of(@Nullable GroupLook look) {
            return new Sight(look == null ? Presence.WITHOUT_GROUP : Presence.THERE, look);
        }

        static Sight failed(Throwable failure) {
            boolean isGone = String.valueOf(failure.getMessage()).contains("no such key");
            return isGone ? new Sight(Presence.ABSENT, null) : NONE;
        }
    }

    /** What the last look saw. */
    Sight sight() {
        return sight;
    }

    Mono<Void> look(ControlLink link) {
        return LookScript.look(link, source.key(), offsetKey, source.group())
                .doOnError(failure -> sight = Sight.failed(failure))
                .flatMap(reply -> {
                    GroupLook look = GroupLook.read(reply);
                    sight = Sight.of(look);
                    return Mono.justOrEmpty(look);
                })
                .doOnNext(this::report)
                .flatMap(look -> settleAccount(link, look))
                .doOnError(failure -> status.broker(-1, -1));
    }

    private void report(GroupLook look) {
        EntryId oldest = look.oldestUnprocessed();
        long ageMs = oldest == null ? 0 : Math.max(0, clock.getAsLong() - oldest.ms());
        Long unread = look.unread();
        status.broker(unread == null ? -1 : unread + look.pending(), ageMs);
        book.record(EngineMeters.PENDING, (double) look.pending(), stage);
        book.record(EngineMeters.LAG_ENTRIES, unread == null ? -1.0 : (double) unread, stage);
        book.record(EngineMeters.LAG_SECONDS, ageMs / 1e3, stage);
        foresee(look);
    }

    private void foresee(GroupLook look) {
        double seconds = timeToLoss.look(clock.getAsLong(), look);
        if (waitsForReaders) {
            return;
        }
        book.record(EngineMeters.TIME_TO_LOSS, seconds, stage);
        switch (warning.look(seconds)) {
            case SOON ->
                log.warn(
                        "{} is trimmed so fast that the oldest entry this stage has not processed is gone in {} s (it holds {}"
                                + " entries): let it be trimmed later, or the stage be faster",
                        source.key(),
                        Math.round(seconds),
                        look.length());
            case OVER -> log.info("{} is no longer about to be trimmed faster than it is processed", source.key());
            case NONE -> {}
        }
    }

    private Mono<Void> settleAccount(ControlLink link, GroupLook look) {
        long unsavedNow = status.unsaved();
        GroupAccount.Finding finding = unsavedNow > unsaved ? account.again(look) : account.look(look);
        if (finding == null) {
            return Mono.empty();
        }
        return LookScript.write(link, offsetKey, look.account(), finding.account())
                .doOnNext(isFirst -> {
                    unsaved = unsavedNow;
                    if (isFirst) {
                        count(look, finding.lost());
                    }
                })
                .then();
    }

    private void count(GroupLook look, Map<Cause, Long> lost) {
        if (lost.isEmpty()) {
            return;
        }
        lost.forEach((cause, entries) -> book.record(EngineMeters.LOST, (double) entries, stage, cause.word()));
        log.error(
                "entries of {} are lost to group {}: {} trimmed or deleted before they were delivered, {} taken from the pending"
                        + " ones by another program (XGROUP DELCONSUMER, XACK, XAUTOCLAIM, XCLAIM), {} skipped (XGROUP SETID);"
                        + " the stream: {} added, {} there, the first {}; the group: delivered up to {}, {} settled, {} pending",
                source.key(),
                source.group(),
                lost.getOrDefault(Cause.TRIMMED_UNREAD, 0L),
                lost.getOrDefault(Cause.REMOVED, 0L),
                lost.getOrDefault(Cause.SKIPPED, 0L),
                look.added(),
                look.length(),
                look.first(),
                look.delivered(),
                look.settled(),
                look.pending());
    }
}
