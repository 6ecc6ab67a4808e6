package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How long until the oldest entry a group has not processed is trimmed away, at the pace at which the stream loses entries.
 *
 * <p>The pace is the mean of the last five minutes, or that of the last ten seconds when entries went steadily and faster: a
 * trim by whole nodes takes a hundred at once, which is no pace by itself.
 */
final class TimeToLoss {

    /** Nothing is being trimmed. */
    static final double NEVER = -1;

    private static final int LONG_WINDOW = 300;
    private static final int SHORT_WINDOW = 10;

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** How many entries had been added and removed at this time, and the last id. */
    private record Sample(long atMs, long added, long removed, EntryId last) {}

    /** A place in the stream: the how manieth of all entries ever added this one is. */
    private record Place(long number, EntryId id) {}

    /** Seconds from this look on; 0 when the entry is next to go or gone, {@link #NEVER} when nothing is being trimmed. */
    double look(long nowMs, GroupLook now) {
        Sample latest = samples.peekLast();
        if (latest != null && (now.removed() < latest.removed() || nowMs <= latest.atMs())) {
            samples.clear();
        }
        samples.addLast(new Sample(nowMs, now.added(), now.removed(), now.last()));
        if (samples.size() > LONG_WINDOW) {
            samples.removeFirst();
        }
        double pace = pace();
        return pace <= 0 ? NEVER : ahead(now) / pace;
    }

    /** Entries in a second. */
    private double pace() {
        Sample[] all = samples.toArray(new Sample[0]);
        double overall = pace(all, 0);
        int from = all.length - 1 - SHORT_WINDOW;
        return from >= 0 && isSteady(all, from) ? Math.max(overall, pace(all, from)) : overall;
    }

    private static double pace(Sample[] all, int from) {
        Sample then = all[from];
        Sample now = all[all.length - 1];
        return now.atMs() == then.atMs() ? 0 : (now.removed() - then.removed()) * 1e3 / (now.atMs() - then.atMs());
    }

    private static boolean isSteady(Sample[] all, int from) {
        int steps = 0;
        for (int i = from + 1; i < all.length; i++) {
            steps += all[i].removed() > all[i - 1].removed() ? 1 : 0;
        }
        return steps >= SHORT_WINDOW / 2;
    }

    /** How many entries go before the oldest that is not processed; all there are when everything is. */
    private double ahead(GroupLook now) {
        EntryId oldest = now.oldestUnprocessed();
        EntryId first = now.first();
        if (oldest == null) {
            return now.length();
        }
        if (first == null || oldest.compareTo(first) <= 0) {
            return 0;
        }
        Long unread = now.certainUnread();
        return now.oldestPending() == null && unread != null
                ? (double) (now.length() - unread)
                : Math.max(0, number(now, oldest, first) - now.removed() - 1);
    }

    /** Known are the first and the last entry, and the last one of each earlier look; what lies between is judged by time. */
    private double number(GroupLook now, EntryId id, EntryId first) {
        Place below = new Place(now.removed() + 1, first);
        Place above = new Place(now.added(), now.last());
        for (Sample sample : samples) {
            if (sample.last().compareTo(first) <= 0) {
                continue;
            }
            if (sample.last().compareTo(id) <= 0) {
                below = new Place(sample.added(), sample.last());
            } else {
                above = new Place(sample.added(), sample.last());
                break;
            }
        }
        long span = above.id().ms() - below.id().ms();
        double share = span <= 0 ? 0 : (id.ms() - below.id().ms()) / (double) span;
        return below.number() + share * (above.number() - below.number());
    }
}
