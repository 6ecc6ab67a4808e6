package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Trims a capped stream to what is still wanted: everything not yet read and acknowledged by every group, and about as many
 * read entries as the wiring asks to keep. Never trims an entry that some group has not passed.
 */
final class Trimmer {

    private static final int REMEMBERED = 600;

    private final String key;
    private final Policy.Cap cap;
    private final Deque<Mark> marks = new ArrayDeque<>();

    /** Where the stream's end was when it had taken this many entries in all. */
    private record Mark(long added, EntryId id) {}

    Trimmer(String key, Policy.Cap cap) {
        this.key = key;
        this.cap = cap;
    }

    Mono<Void> trim(ControlLink link) {
        return link.command("XINFO", "STREAM", key)
                .flatMap(reply -> {
                    List<?> facts = (List<?>) reply;
                    long length = number(facts, "length");
                    EntryId last = EntryId.parse(String.valueOf(fact(facts, "last-generated-id")));
                    mark(number(facts, "entries-added"), last);
                    return length <= cap.keepRead() ? Mono.<Void>empty() : trim(link, length, last);
                })
                .onErrorResume(
                        LinkException.class,
                        failure -> failure.kind() == LinkException.Kind.REFUSED ? Mono.empty() : Mono.error(failure));
    }

    private Mono<Void> trim(ControlLink link, long length, EntryId last) {
        return link.command("XINFO", "GROUPS", key)
                .map(GroupFacts::read)
                .filter(groups -> !groups.isEmpty())
                .flatMapMany(groups -> Flux.fromIterable(groups).concatMap(group -> passed(link, group)))
                .reduce((one, other) -> one.compareTo(other) < 0 ? one : other)
                .flatMap(passed -> {
                    EntryId bound = smaller(passed, keepFrom(length, last));
                    return bound.equals(EntryId.ZERO)
                            ? Mono.<Object>empty()
                            : link.command("XTRIM", key, "MINID", "~", bound.toString());
                })
                .then();
    }

    /** The first entry this group still needs. */
    private Mono<EntryId> passed(ControlLink link, GroupFacts group) {
        return group.pending() == 0
                ? Mono.just(group.lastDelivered())
                : link.command("XPENDING", key, group.name())
                        .map(reply -> EntryId.parse(String.valueOf(((List<?>) reply).get(1))))
                        .onErrorReturn(IllegalArgumentException.class, group.lastDelivered());
    }

    /**
     * From where on about keepRead entries follow. Known only as finely as the stream was looked at: when the nearest known
     * place is more than twice as far back, as after a burst, everything that all have read may go.
     */
    private EntryId keepFrom(long length, EntryId last) {
        Mark now = marks.getLast();
        return marks.stream()
                .filter(mark -> now.added() - mark.added() >= cap.keepRead())
                .max(Comparator.comparingLong(Mark::added))
                .filter(mark -> now.added() - mark.added() <= 2 * cap.keepRead())
                .map(Mark::id)
                .orElse(length > 2 * cap.keepRead() ? last : EntryId.ZERO);
    }

    private void mark(long added, EntryId last) {
        if (marks.isEmpty() || marks.getLast().added() != added) {
            marks.addLast(new Mark(added, last));
        }
        if (marks.size() > REMEMBERED) {
            marks.removeFirst();
        }
    }

    private static EntryId smaller(EntryId one, EntryId other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static long number(List<?> flat, String name) {
        return fact(flat, name) instanceof Long number ? number : 0;
    }

    private static Object fact(List<?> flat, String name) {
        int index = flat.indexOf(name);
        return index < 0 ? "" : flat.get(index + 1);
    }
}
