package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.plan.StreamPlan.Policy;
import io.heatwire.engine.stage.Printable;
import io.heatwire.engine.stage.StageStatus;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Trims a capped stream to what is still wanted: everything not yet read and acknowledged by every group, and about as many
 * read entries as the wiring asks to keep. Never trims an entry that some group has not passed, and nothing at all while the
 * group of a stage that reads the stream is missing. A stream that no group reads has nobody to wait for: it keeps about as many
 * entries as it would keep of read ones, since filling up to its cap would stop its writer for no reader's sake.
 */
final class Trimmer {

    private static final Logger LOG = LoggerFactory.getLogger("heatwire.broker_watch");
    private static final int REMEMBERED = 600;

    /** About as many entries as one commit appends at most. A stream with less room than this holds its writer up. */
    private static final long ROOM = 250;

    private final String key;
    private final Policy.Cap cap;
    private final Set<String> readers;
    private final List<StageStatus> writers;
    private final Deque<Mark> marks;
    private volatile String said = "";

    /** Where the stream's end was when it had taken this many entries in all. */
    private record Mark(long added, EntryId id) {}

    /**
     * A trimmer for this stream.
     *
     * @param readers the groups of the stages that read it
     * @param writers the stages that write it, which are told who holds it up
     */
    Trimmer(String key, Policy.Cap cap, Set<String> readers, List<StageStatus> writers) {
        this(key, cap, readers, writers, new ArrayDeque<>());
    }

    private Trimmer(String key, Policy.Cap cap, Set<String> readers, List<StageStatus> writers, Deque<Mark> marks) {
        this.key = key;
        this.marks = marks;
        this.cap = cap;
        this.readers = readers;
        this.writers = writers;
    }

    /** This one instead of another of the same stream, with what that one has seen of it. */
    Trimmer insteadOf(Trimmer before) {
        Trimmer successor = new Trimmer(key, cap, readers, writers, before.marks);
        successor.said = before.said;
        return successor;
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
            if (!isTight(length)) {
                heldUpBy("", "");
            }
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
                .filter(groups -> isComplete(groups, length))
                .flatMap(groups -> groups.isEmpty()
                        ? link.command("XTRIM", key, "MAXLEN", how(length), Long.toString(keepRead()))
                        : trimPassed(link, groups, length, last))
                .then();
    }

    private boolean isComplete(List<GroupFacts> groups, long length) {
        Set<String> missing = new TreeSet<>(readers);
        groups.forEach(group -> missing.remove(group.name()));
        if (!missing.isEmpty() && isTight(length)) {
            String first = missing.iterator().next();
            heldUpBy(first, "group " + first + " of a stage that reads it does not exist: start that stage");
        }
        return missing.isEmpty();
    }

    private Mono<Object> trimPassed(ControlLink link, List<GroupFacts> groups, long length, EntryId last) {
        return Flux.fromIterable(groups)
                .concatMap(group -> passed(link, group).map(passed -> new Passed(group, passed)))
                .reduce((one, other) -> one.upTo().compareTo(other.upTo()) <= 0 ? one : other)
                .flatMap(hindmost -> {
                    EntryId bound =
                            isTight(length) ? hindmost.upTo() : smaller(hindmost.upTo(), keepFrom(length, last));
                    Mono<Object> trimmed = bound.equals(EntryId.ZERO)
                            ? Mono.just(0L)
                            : link.command("XTRIM", key, "MINID", how(length), bound.toString());
                    return trimmed.doOnNext(entries -> trimmed(hindmost, length, entries));
                });
    }

    private void trimmed(Passed hindmost, long length, Object entries) {
        if (isTight(length)) {
            boolean isHeldUp = isTight(length - ((Number) entries).longValue());
            heldUpBy(isHeldUp ? hindmost.group().name() : "", isHeldUp ? describe(hindmost) : "");
        }
    }

    private String describe(Passed hindmost) {
        GroupFacts group = hindmost.group();
        String name = Printable.of(group.name());
        String behind = (group.lag() == null ? "" : group.lag() + " entries not read, ") + group.pending() + " pending";
        return "group " + name + " is furthest behind (" + behind + ")"
                + (readers.contains(group.name())
                        ? ""
                        : "; no stage of this wiring reads it: if nobody does, XGROUP DESTROY " + key + " " + name);
    }

    /** Said once for each group. */
    private void heldUpBy(String group, String why) {
        writers.forEach(writer -> writer.heldUp(key, why.isEmpty() ? "" : key + " is held up: " + why));
        if (!group.isEmpty() && !group.equals(said)) {
            LOG.warn("{} is nearly full ({} entries at most) and cannot be trimmed: {}", key, cap.entries(), why);
        }
        said = group;
    }

    /** The first entry a group still needs. */
    private record Passed(GroupFacts group, EntryId upTo) {}

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
