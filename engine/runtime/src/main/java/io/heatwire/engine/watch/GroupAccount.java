package io.heatwire.engine.watch;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What became of all entries a group has left behind: settled by a commit, pending, or lost.
 *
 * <p>The position of a group is how many entries of all that were ever added it can no longer be given. Position less settled
 * less pending stays the same as long as nothing is lost; what it rises by is lost. It is kept beside the saved offset, so that
 * of several engines one counts, a restart counts nothing twice, and what was lost while no engine ran is counted at the next
 * start.
 *
 * <p>The position follows from what the stream holds, where that is certain: when the group has been given all of it, nothing of
 * it, or only its first entry, or when nothing was ever removed. Otherwise it is carried on by Redis' count of entries read, as long as nothing happened that
 * makes this count jump, and it is never less than what was removed from the stream. So no number here is ever too large; it may
 * come a little late, at the next look at which the position is certain.
 */
final class GroupAccount {

    private @Nullable GroupLook before;
    private long positionBefore;
    private long replayedUpTo = -1;

    /** Why entries are lost. */
    enum Cause {
        /** Trimmed or deleted before the group was given them. */
        TRIMMED_UNREAD,
        /** Given, then taken from the pending ones by somebody else. */
        REMOVED,
        /** Passed over: the group was set forward. */
        SKIPPED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a look has shown.
     *
     * @param account what is to be written beside the saved offset
     * @param lost entries by cause, to be counted by whoever writes the account; empty when the account only begins, or begins anew
     */
    record Finding(String account, Map<Cause, Long> lost) {}

    /** Takes the next look into account; null when there is nothing to write. */
    @Nullable
    Finding look(GroupLook now) {
        if (now.settled() == null) {
            before = null;
            replayedUpTo = -1;
            return null;
        }
        Long certain = certainPosition(now);
        if (certain != null && now.certainUnread() == null && isBehindItself(now, certain)) {
            certain = null;
        }
        Long position = certain != null ? certain : carriedOn(now);
        Finding finding = judge(now, certain, position);
        if (position != null) {
            before = now;
            positionBefore = position;
        }
        return finding;
    }

    /** The same, when entries were settled that the saved offset does not know of: the account begins anew, nobody can tell a loss. */
    @Nullable
    Finding again(GroupLook now) {
        Long certain = certainPosition(now);
        before = null;
        return certain == null || now.settled() == null
                ? null
                : new Finding(Entry.of(now, certain - spent(now)), Map.of());
    }

    private static @Nullable Long certainPosition(GroupLook now) {
        Long unread = now.certainUnread();
        if (unread != null) {
            return now.added() - unread;
        }
        return now.removed() == 0 ? now.read() : null;
    }

    /**
     * Whether Redis' count of entries read is less than what has been settled and is pending, and so is no position: a server that
     * has loaded its append-only file does not count again what was delivered since the file was last written anew (seen with 7.0.15).
     */
    private static boolean isBehindItself(GroupLook now, long byCount) {
        Entry known = Entry.parse(now.account());
        return known != null && known.belongsTo(now) && byCount - spent(now) < known.value();
    }

    private @Nullable Long carriedOn(GroupLook now) {
        GroupLook then = before;
        // A count that is not the position may become it at any time, and would jump.
        return then != null && read(then) == positionBefore && countsOn(then, now)
                ? (Long) Math.min(read(now), now.added() - 1)
                : null;
    }

    /** Whether Redis' count has risen by one for each entry given since, and by nothing else. */
    private static boolean countsOn(GroupLook then, GroupLook now) {
        boolean isKnown = then.read() != null && now.read() != null;
        boolean isForward = now.delivered().compareTo(then.delivered()) >= 0
                && now.added() >= then.added()
                && read(now) >= read(then);
        boolean isGiven = now.delivered().compareTo(then.delivered()) > 0 || read(now) == read(then);
        return isKnown && isForward && isGiven && !now.mayMissUnreadOf(then);
    }

    private static long read(GroupLook look) {
        Long read = look.read();
        return read == null ? 0 : read;
    }

    private @Nullable Finding judge(GroupLook now, @Nullable Long certain, @Nullable Long position) {
        Entry known = Entry.parse(now.account());
        if (known == null || !known.belongsTo(now)) {
            return certain == null ? null : opened(now, certain);
        }
        noteReplay(now, certain, known);
        if (replayedUpTo >= 0) {
            return replaying(now, certain, known);
        }
        long least = Math.max(position == null ? 0 : position, now.removed()) - spent(now);
        if (least > known.value()) {
            return new Finding(Entry.of(now, least), causes(now, known, least - known.value()));
        }
        return known.isCompletedBy(now) && certain != null ? new Finding(Entry.of(now, known.value()), Map.of()) : null;
    }

    /**
     * The saved offset is new. What was given since it was made and has gone was removed; if nothing was ever removed from the
     * stream, what lies between was skipped. Nobody can tell what was trimmed unread before.
     */
    private Finding opened(GroupLook now, long position) {
        replayedUpTo = -1;
        long value = position - spent(now);
        Map<Cause, Long> lost = new EnumMap<>(Cause.class);
        Long base = now.base();
        if (base != null) {
            long removed = now.read() == null ? 0 : Math.max(0, read(now) - spent(now) - base);
            add(lost, Cause.REMOVED, removed);
            add(lost, Cause.SKIPPED, now.removed() == 0 ? value - base - removed : 0);
        }
        return new Finding(Entry.of(now, value), lost);
    }

    /**
     * A group that was set back is given entries again that are settled already. Until it has passed its old place nobody can
     * tell what is lost.
     */
    private void noteReplay(GroupLook now, @Nullable Long certain, Entry known) {
        GroupLook then = before;
        boolean isBack = then != null && now.delivered().compareTo(then.delivered()) < 0;
        boolean isLess = certain != null && certain - spent(now) < known.value();
        if (isBack || isLess) {
            long oldPlace = then != null ? positionBefore : known.value() + spent(now);
            replayedUpTo = Math.max(replayedUpTo, Math.min(oldPlace, now.added()));
        }
    }

    private @Nullable Finding replaying(GroupLook now, @Nullable Long certain, Entry known) {
        if (certain == null) {
            return null;
        }
        if (certain >= replayedUpTo) {
            replayedUpTo = -1;
        }
        long value = certain - spent(now);
        return value == known.value() ? null : new Finding(Entry.of(now, value), Map.of());
    }

    private static long spent(GroupLook look) {
        Long settled = look.settled();
        return (settled == null ? 0 : settled) + look.pending();
    }

    private Map<Cause, Long> causes(GroupLook now, Entry known, long lost) {
        Map<Cause, Long> causes = new EnumMap<>(Cause.class);
        GroupLook then = before;
        if (then == null) {
            long removed = between(0, known.removed(now), lost);
            // What was removed from the stream when the account began is in its value.
            boolean isTrimmed =
                    now.removed() > known.value() && (now.read() != null || now.removed() > known.value() + spent(now));
            add(causes, Cause.REMOVED, removed);
            add(causes, isTrimmed ? Cause.TRIMMED_UNREAD : Cause.SKIPPED, lost - removed);
            return causes;
        }
        long settled = spent(now) - now.pending() - (spent(then) - then.pending());
        long vanished = between(0, then.pending() - now.pending() - settled, lost);
        boolean areCounted = then.read() != null && now.read() != null;
        // At the look before, Redis may not have counted yet; then the account says what was given and is gone since it
        // was written.
        long removed = areCounted
                ? between(0, read(now) - read(then) - (spent(now) - spent(then)), lost)
                : Math.max(vanished, between(0, known.removed(now), lost));
        boolean isTrimmed = now.mayMissUnreadOf(then) && now.removed() > then.removed();
        if (isTrimmed && now.removed() > positionBefore) {
            // Newer servers count entries as read that were trimmed unread.
            removed = vanished;
        }
        add(causes, Cause.REMOVED, removed);
        add(causes, isTrimmed ? Cause.TRIMMED_UNREAD : Cause.SKIPPED, lost - removed);
        return causes;
    }

    private static void add(Map<Cause, Long> causes, Cause cause, long entries) {
        if (entries > 0) {
            causes.put(cause, entries);
        }
    }

    private static long between(long least, long value, long most) {
        return Math.max(least, Math.min(value, most));
    }

    /**
     * The account as it is written: position less settled less pending, the same by Redis' count of entries read (empty when it
     * did not know), and the base of the saved offset it belongs to.
     */
    private record Entry(long value, String byCount, String base) {

        static @Nullable Entry parse(String text) {
            String[] parts = text.split(" ", -1);
            return parts.length == 3 && parts[0].matches("-?\\d{1,18}") && parts[1].matches("(-?\\d{1,18})?")
                    ? new Entry(Long.parseLong(parts[0]), parts[1], parts[2])
                    : null;
        }

        static String of(GroupLook look, long value) {
            String byCount = look.read() == null ? "" : Long.toString(GroupAccount.read(look) - spent(look));
            return value + " " + byCount + " " + base(look);
        }

        static String base(GroupLook look) {
            Long base = look.base();
            return base == null ? "" : Long.toString(base);
        }

        /** A saved offset that is made anew gets another base; the first one comes late when Redis did not know it. */
        boolean belongsTo(GroupLook now) {
            return base.isEmpty() || base.equals(base(now));
        }

        /** Whether the account was opened with its group, before Redis counted what that is given, and now it does. */
        boolean isCompletedBy(GroupLook now) {
            return byCount.isEmpty() && base.isEmpty() && now.read() != null && now.base() != null;
        }

        /**
         * How many were given and are gone since, as far as Redis' count tells: since the account was written, or since the
         * saved offset knew the count.
         */
        long removed(GroupLook now) {
            String then = byCount.isEmpty() ? base(now) : byCount;
            return then.isEmpty() || now.read() == null
                    ? 0
                    : GroupAccount.read(now) - spent(now) - Long.parseLong(then);
        }
    }
}
