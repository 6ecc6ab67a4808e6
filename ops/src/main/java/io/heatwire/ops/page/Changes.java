package io.heatwire.ops.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;

/** The last changes of this process, the oldest forgotten first. May be used by any thread. */
public final class Changes {

    private static final int KEPT = 20;

    private final Deque<Change> last = new ArrayDeque<>();

    /** Notes one more. */
    public synchronized void add(Change change) {
        last.addLast(change);
        if (last.size() > KEPT) {
            last.removeFirst();
        }
    }

    /** All that are kept, the newest first. */
    public synchronized List<Change> newestFirst() {
        List<Change> newest = new ArrayList<>(last);
        Collections.reverse(newest);
        return List.copyOf(newest);
    }
}
