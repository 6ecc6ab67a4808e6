package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stream with one group as Redis keeps them, for tests of arithmetic over many random histories. Above all it counts entries
 * read as Redis does: by one for each while nothing deleted lies ahead, else by an estimate that is often impossible.
 */
final class ModelGroup {

    private final boolean isNewer;
    private final TreeSet<Long> stream = new TreeSet<>();
    private final TreeSet<Long> pending = new TreeSet<>();
    private long added;
    private long deleted;
    private long delivered;
    private @Nullable Long read = 0L;
    private @Nullable Long settled;
    private @Nullable Long base;
    private String account = "";

    /**
     * An empty stream.
     *
     * @param isNewer whether it counts as servers do since 7.4: what was trimmed unread counts as read at the next delivery
     */
    ModelGroup(boolean isNewer) {
        this.isNewer = isNewer;
    }

    /** As the script does that creates the group, from the start of the stream. */
    void open() {
        read = null;
        settled = 0L;
        account = added - stream.size() + "  ";
    }

    void add(int entries) {
        for (int i = 0; i < entries; i++) {
            stream.add(++added);
        }
    }

    /** As a restart with an append-only file: so many deliveries are there, and were not counted. */
    void forgetReads(int entries) {
        read = read == null ? null : (Long) (read - entries);
    }

    List<Long> deliver(int entries) {
        List<Long> given = new ArrayList<>();
        while (given.size() < entries && stream.higher(delivered) != null) {
            long id = stream.higher(delivered);
            read = readAfter(id);
            delivered = id;
            pending.add(id);
            given.add(id);
        }
        return given;
    }

    private @Nullable Long readAfter(long id) {
        boolean isAhead = isNewer && deleted < stream.first() ? false : deleted >= id;
        boolean isBehindStart = isNewer && delivered < stream.first() && delivered > 0;
        if (read != null && !isAhead && !isBehindStart) {
            return read + 1;
        }
        if (id == added) {
            return added;
        }
        boolean isWhole = deleted < stream.first();
        return isWhole && id == stream.first() ? (Long) (added - stream.size() + 1) : null;
    }

    /** As a commit does; the saved offset is made with the first. */
    void commit(int entries) {
        int done = 0;
        while (done < entries && !pending.isEmpty()) {
            pending.pollFirst();
            done++;
        }
        settled = (settled == null ? 0 : settled) + done;
        if (base == null && read != null) {
            base = read - pending.size() - settled;
        }
    }

    /** As XTRIM does; how many of them the group had not been given. */
    int trimTo(int length) {
        int unread = 0;
        while (stream.size() > length) {
            unread += stream.pollFirst() > delivered ? 1 : 0;
        }
        return unread;
    }

    /** As XDEL does; 1 when the group had not been given it. */
    int delete(long id) {
        stream.remove(id);
        deleted = Math.max(deleted, id);
        return id > delivered ? 1 : 0;
    }

    /** As XGROUP DELCONSUMER or a foreign XACK does; how many there were. */
    int removePending(int entries) {
        int removed = 0;
        while (removed < entries && !pending.isEmpty()) {
            pending.pollLast();
            removed++;
        }
        return removed;
    }

    /** As XGROUP SETID does; how many entries are passed over. */
    int setTo(long id) {
        int skipped = id > delivered ? stream.subSet(delivered, false, id, true).size() : 0;
        delivered = id;
        read = null;
        return skipped;
    }

    long unread() {
        return stream.tailSet(delivered, false).size();
    }

    List<Long> entries() {
        return List.copyOf(stream);
    }

    long delivered() {
        return delivered;
    }

    long added() {
        return added;
    }

    void write(String written) {
        account = written;
    }

    GroupLook look() {
        return new GroupLook(
                stream.size(),
                added,
                id(added),
                id(deleted),
                stream.isEmpty() ? null : id(stream.first()),
                id(delivered),
                read,
                pending.size(),
                read == null ? null : (Long) (added - read),
                pending.isEmpty() ? null : id(pending.first()),
                stream.higher(delivered) == null ? null : id(stream.higher(delivered)),
                settled,
                base,
                account);
    }

    private static EntryId id(long number) {
        return new EntryId(number, 0);
    }
}
