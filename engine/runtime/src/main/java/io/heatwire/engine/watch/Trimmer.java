package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Trims a capped stream to what is still wanted: everything not yet read and acknowledged by every group, and about as many
 * read entries as the wiring asks to keep. Never trims an entry that some group has not passed, and nothing at all while the
 * group of a stage that reads the stream is missing. A stream that no group reads has nobody to wait for: it keeps about as many
 * entries as it would keep of read ones, since filling up to its cap would stop its writer for no reader's sake.
 */
final class Trimmer {

    private static final int REMEMBERED = 600;

    /** About as many entries as one commit appends at most. A stream with less room than this holds its writer up. */
    private static final long ROOM = 250;

    private final String key;
    private final Policy.Cap cap;
    private final Set<String> readers;
    private final Deque<Mark> marks = new ArrayDeque<>();

    /** Where the stream's end was when it had taken this many entries in all. */
    private record Mark(long added, EntryId id) {}

    /**
     * A trimmer for this stream.
     *
     * @param readers the groups of the stages that read it
     */
    Trimmer(String key, Policy.Cap cap, Set<String> readers) {
        this.key = key;
        this.cap = cap;
        this.readers = readers;
    }

    String key() {
        return key;
    }

    Mono<Void> trim(ControlLink link) {
        return link.command("XINFO", "STREAM", key).flatMap(reply -> {
            List<?> facts = (List<?>) reply;
            long length = number(facts, "length");
            EntryId last = EntryId.parse(String.valueOf(fact(facts, "last-generated-id")));
            mark(number(facts, "entries-added"), last);
            return length <= keepRead() && !isTight(length) ? Mono.<Void>empty() : trim(link, length, last);
        });
    }

    /** No more than leaves room for a commit, whatever the wiring asks for. */
    private long keepRead() {
        return Math.min(cap.keepRead(), Math.max(0, cap.entries() - ROOM));
    }

    /** Whether the writer may soon have to wait: then what all have read goes first, entry by entry and not by whole nodes. */
    private boolean isTight(long length) {
        return length + ROOM > cap.entries();
    }

    private Mono<Void> trim(ControlLink link, long length, EntryId last) {
        return link.command("XINFO", "GROUPS", key)
                .map(GroupFacts::read)
                .filter(groups -> groups.stream()
                        .map(GroupFacts::name)
                        .collect(Collectors.toSet())
                        .containsAll(readers))
                .flatMap(groups -> groups.isEmpty()
                        ? link.command("XTRIM", key, "MAXLEN", how(length), Long.toString(keepRead()))
                        : trimPassed(link, groups, length, last))
                .then();
    }

    private Mono<Object> trimPassed(ControlLink link, List<GroupFacts> groups, long length, EntryId last) {
        return Flux.fromIterable(groups)
                .concatMap(group -> passed(link, group))
                .reduce((one, other) -> one.compareTo(other) < 0 ? one : other)
                .map(passed -> isTight(length) ? passed : smaller(passed, keepFrom(length, last)))
                .filter(bound -> !bound.equals(EntryId.ZERO))
                .flatMap(bound -> link.command("XTRIM", key, "MINID", how(length), bound.toString()));
    }

    private String how(long length) {
        return isTight(length) ? "=" : "~";
    }

    /** The first entry this group still needs. */
    private Mono<EntryId> passed(ControlLink link, GroupFacts group) {
        return group.pending() == 0
                ? Mono.just(behind(group.lastDelivered()))
                : link.command("XPENDING", key, group.name())
                        .map(reply -> EntryId.parse(String.valueOf(((List<?>) reply).get(1))))
                        .onErrorReturn(IllegalArgumentException.class, group.lastDelivered());
    }

    private static EntryId behind(EntryId id) {
        return id.equals(EntryId.ZERO) || id.seq() == -1 ? id : new EntryId(id.ms(), id.seq() + 1);
    }

    /**
     * From where on about keepRead entries follow. Known only as finely as the stream was looked at: when the nearest known
     * place is more than twice as far back, as after a burst, everything that all have read may go.
     */
    private EntryId keepFrom(long length, EntryId last) {
        Mark now = marks.getLast();
        return marks.stream()
                .filter(mark -> now.added() - mark.added() >= keepRead())
                .max(Comparator.comparingLong(Mark::added))
                .filter(mark -> now.added() - mark.added() <= 2 * keepRead())
                .map(Mark::id)
                .orElse(length > 2 * keepRead() ? last : EntryId.ZERO);
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
