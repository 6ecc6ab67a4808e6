package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A stream, one of its groups and the saved offset of that group, all at one moment.
 *
 * @param length entries in the stream
 * @param added entries ever added
 * @param last the last id ever generated
 * @param deleted the largest id ever deleted by itself, as XDEL does; trimming does not show here
 * @param first the first entry; null when the stream is empty
 * @param delivered the last entry the group was given
 * @param read how many entries the group was given, as Redis counts them; null when it does not know
 * @param pending entries given and not acknowledged
 * @param lag entries not yet given, as Redis counts them; null when it does not know
 * @param oldestPending the first pending entry; null without any
 * @param nextUnread the first entry not yet given; null without any
 * @param settled entries acknowledged by Heatwire's commits; null before there is a saved offset
 * @param base what {@code read} less pending less settled was when the saved offset was made; null while that is unknown
 * @param account what {@link GroupAccount} wrote there; empty before its first
 */
record GroupLook(
        long length,
        long added,
        EntryId last,
        EntryId deleted,
        @Nullable EntryId first,
        EntryId delivered,
        @Nullable Long read,
        long pending,
        @Nullable Long lag,
        @Nullable EntryId oldestPending,
        @Nullable EntryId nextUnread,
        @Nullable Long settled,
        @Nullable Long base,
        String account) {

    /** Reads the reply of the script; null while the group is missing. */
    static @Nullable GroupLook read(Object reply) {
        Map<String, String> facts = new HashMap<>();
        List<?> flat = (List<?>) reply;
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            facts.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
        }
        return facts.isEmpty() ? null : of(new Facts(facts));
    }

    private static GroupLook of(Facts facts) {
        return new GroupLook(
                facts.count("length"),
                facts.count("added"),
                facts.there("last"),
                facts.there("deleted"),
                facts.id("first"),
                facts.there("delivered"),
                facts.number("read"),
                facts.count("pending"),
                facts.number("lag"),
                facts.id("oldest"),
                facts.id("unread"),
                facts.number("settled"),
                facts.number("base"),
                facts.text("account"));
    }

    /** Entries that were trimmed or deleted, ever. */
    long removed() {
        return added - length;
    }

    /** Entries the group was not given yet: by what the stream holds where that is certain, else by Redis' own count. */
    @Nullable
    Long unread() {
        Long certain = certainUnread();
        return certain != null ? certain : lag;
    }

    /** The same, and null where only the count of Redis could tell, which some versions get wrong after a loss. */
    @Nullable
    Long certainUnread() {
        EntryId next = nextUnread;
        EntryId start = first;
        if (next == null || start == null) {
            return 0L;
        }
        if (next.equals(start)) {
            return length;
        }
        return delivered.equals(start) ? length - 1 : null;
    }

    /** Whether entries are gone that the group had not been given at that earlier look. */
    boolean mayMissUnreadOf(GroupLook then) {
        boolean isTrimmed = first == null
                ? added > then.added || then.nextUnread != null
                : first.compareTo(then.delivered) > 0 && !first.equals(then.nextUnread);
        return isTrimmed || deleted.compareTo(then.delivered) > 0;
    }

    /** The oldest entry that is not processed; null when all are. */
    @Nullable
    EntryId oldestUnprocessed() {
        return oldestPending != null ? oldestPending : nextUnread;
    }

    /** Names and values; what is unknown is empty. */
    private record Facts(Map<String, String> values) {

        String text(String name) {
            return values.getOrDefault(name, "");
        }

        @Nullable
        Long number(String name) {
            String text = text(name);
            return text.matches("-?\\d{1,18}") ? (Long) Long.parseLong(text) : null;
        }

        long count(String name) {
            Long number = number(name);
            return number == null ? 0 : number;
        }

        @Nullable
        EntryId id(String name) {
            return text(name).isEmpty() ? null : EntryId.parse(text(name));
        }

        EntryId there(String name) {
            EntryId id = id(name);
            return id == null ? EntryId.ZERO : id;
        }
    }
}
