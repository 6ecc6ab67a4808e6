package io.heatwire.ops.look;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.dead.DeadDesk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A look at the broker. Every method waits for the reply, changes nothing, and throws {@link
 * io.heatwire.ops.dead.RedisRefusedException} when there is none.
 */
public final class BrokerView {

    /** What TYPE says of a key that is not there. */
    public static final String NOTHING = "none";

    private static final String STREAM = "stream";

    private final DeadDesk desk;

    /** A look through this connection, which stays its owner's. */
    public BrokerView(DeadDesk desk) {
        this.desk = desk;
    }

    /** Now, in ms by the clock of Redis. */
    public long nowMs() {
        List<?> parts = list(ask("TIME"));
        return Long.parseLong(text(parts.get(0))) * 1000 + Long.parseLong(text(parts.get(1))) / 1000;
    }

    /** What a key holds: stream, hash, string and so on, or {@link #NOTHING}. */
    public String type(String key) {
        return text(ask("TYPE", key));
    }

    /** When a key expires, Unix time in ms by the clock of Redis; -1 for never, -2 when it is not there. */
    public long expiresMs(String key) {
        return ask("PEXPIRETIME", key) instanceof Long at ? at : -2;
    }

    /** A stream; empty when the key is not there or holds something else. */
    public Optional<StreamFacts> stream(String key) {
        if (!type(key).equals(STREAM)) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> info = pairs(list(ask("XINFO", "STREAM", key)));
        long length = number(info.get("length"));
        return Optional.of(new StreamFacts(
                length,
                first(info.get("first-entry")),
                id(info.get("last-generated-id")),
                Long.valueOf(length).equals(info.get("entries-added"))));
    }

    private static EntryId first(@Nullable Object entry) {
        return entry instanceof List<?> list && !list.isEmpty() ? id(list.get(0)) : EntryId.ZERO;
    }

    /** The groups of a stream by name; none when the stream is not there. */
    public Map<String, GroupFacts> groups(String key) {
        Map<String, GroupFacts> groups = new LinkedHashMap<>();
        if (type(key).equals(STREAM)) {
            for (Object each : list(ask("XINFO", "GROUPS", key))) {
                GroupFacts group = group(pairs(list(each)));
                groups.put(group.name(), group);
            }
        }
        return groups;
    }

    private static GroupFacts group(Map<String, @Nullable Object> info) {
        Object lag = info.get("lag");
        return new GroupFacts(
                text(info.get("name")),
                id(info.get("last-delivered-id")),
                number(info.get("pending")),
                lag instanceof Long known ? known : -1);
    }

    /** Who holds this entry; empty when the group has not been given it or has acknowledged it. */
    public Optional<PendingFacts> pending(String key, String group, EntryId id) {
        List<?> found = list(ask("XPENDING", key, group, id.toString(), id.toString(), "1"));
        if (found.isEmpty()) {
            return Optional.empty();
        }
        List<?> entry = list(found.get(0));
        return Optional.of(new PendingFacts(text(entry.get(1)), number(entry.get(2)), number(entry.get(3))));
    }

    /** Entries from the newest of these two ids down to the oldest, both included. */
    public List<StreamEntry> newestFirst(String key, String newest, EntryId oldest, int atMost) {
        return entries(list(ask("XREVRANGE", key, newest, oldest.toString(), "COUNT", Integer.toString(atMost))));
    }

    /**
     * Waits for entries behind these positions, without any group.
     *
     * @param positions the last entry seen, by key
     * @param atMost how many of each stream
     * @param waitMs how long to wait for the first, in ms
     * @param stop ends the wait
     * @return entries by key; none when none came in time
     */
    public Map<String, List<StreamEntry>> after(
            Map<String, EntryId> positions, int atMost, long waitMs, Mono<Void> stop) {
        List<String> args =
                new ArrayList<>(List.of("COUNT", Integer.toString(atMost), "BLOCK", Long.toString(waitMs), "STREAMS"));
        args.addAll(positions.keySet());
        positions.values().forEach(id -> args.add(id.toString()));
        Mono<Object> read = desk.bytes("XREAD", args.toArray(new String[0]));
        return byKey(list(desk.await(Mono.firstWithSignal(read, stop)).orElse(null)));
    }

    /** Keys and entries in turn, or a pair for each key: that depends on the version of the protocol. */
    private static Map<String, List<StreamEntry>> byKey(List<?> reply) {
        List<Object> flat = new ArrayList<>();
        for (Object each : reply) {
            if (each instanceof List<?> pair && pair.size() == 2 && pair.get(0) instanceof byte[]) {
                flat.addAll(pair);
            } else {
                flat.add(each);
            }
        }
        Map<String, List<StreamEntry>> byKey = new LinkedHashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            byKey.put(text(flat.get(i)), entries(list(flat.get(i + 1))));
        }
        return byKey;
    }

    private static List<StreamEntry> entries(List<?> replies) {
        List<StreamEntry> entries = new ArrayList<>(replies.size());
        for (Object reply : replies) {
            List<?> entry = list(reply);
            List<?> flat = list(entry.get(1));
            List<StreamEntry.Field> fields = new ArrayList<>(flat.size() / 2);
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.add(new StreamEntry.Field(bytes(flat.get(i)), bytes(flat.get(i + 1))));
            }
            entries.add(new StreamEntry(id(entry.get(0)), List.copyOf(fields)));
        }
        return entries;
    }

    private @Nullable Object ask(String name, String... args) {
        return desk.await(desk.bytes(name, args)).orElse(null);
    }

    private static Map<String, @Nullable Object> pairs(List<?> flat) {
        Map<String, @Nullable Object> pairs = new HashMap<>();
        for (int i = 0; i + 1 < flat.size(); i += 2) {
            pairs.put(text(flat.get(i)), flat.get(i + 1));
        }
        return pairs;
    }

    private static List<?> list(@Nullable Object reply) {
        return reply instanceof List<?> list ? list : List.of();
    }

    private static byte[] bytes(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? bytes : new byte[0];
    }

    private static String text(@Nullable Object reply) {
        return reply instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(reply);
    }

    private static long number(@Nullable Object reply) {
        return reply instanceof Long number ? number : 0;
    }

    private static EntryId id(@Nullable Object reply) {
        return reply instanceof byte[] ? EntryId.parse(text(reply)) : EntryId.ZERO;
    }
}
