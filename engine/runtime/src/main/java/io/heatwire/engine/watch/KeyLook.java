package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.Edge;
import io.heatwire.engine.edge.EdgeFacts.Presence;
import io.heatwire.engine.edge.EdgeFacts.StreamFacts;
import io.heatwire.engine.edge.FieldSample;
import io.heatwire.engine.link.ControlLink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import reactor.core.publisher.Mono;

/** Looks at a stream without a group, or at a key. */
final class KeyLook {

    /** KEYS: the key. ARGV: what it should be, and for a hash the fields that are read. */
    private static final String LOOK = """
            #!lua flags=no-writes
            if redis.call('EXISTS', KEYS[1]) == 0 then return {'absent'} end
            if ARGV[1] == 'stream' then
            local flat = redis.pcall('XINFO', 'STREAM', KEYS[1])
            if flat.err then return {'refused', flat.err} end
            local t = {}
            for i = 1, #flat, 2 do t[flat[i]] = flat[i + 1] end
            return {'there', t.length, t['entries-added'], t['last-generated-id']}
            end
            if ARGV[1] == 'hash' and #ARGV > 1 then
            local values = redis.pcall('HMGET', KEYS[1], unpack(ARGV, 2))
            if values.err then return {'refused', values.err} end
            local n = 0
            for i = 1, #values do if values[i] and values[i] ~= '' then n = n + 1 end end
            return {'there', n}
            end
            return {'there'}
            """;

    private final Edge.Kind kind;
    private final String key;
    private final List<String> fields;
    private final LongSupplier clock;

    /**
     * A look at this key.
     *
     * @param fields the fields of a hash that are read
     * @param clock the time of Redis, in Unix ms
     */
    KeyLook(Edge.Kind kind, String key, List<String> fields, LongSupplier clock) {
        this.kind = kind;
        this.key = key;
        this.fields = fields;
        this.clock = clock;
    }

    /** What was seen. */
    record Seen(Presence presence, StreamFacts stream, FieldSample fields) {

        static final Seen NOTHING = new Seen(Presence.UNKNOWN, StreamFacts.EMPTY, FieldSample.NONE);
    }

    Mono<Seen> look(ControlLink link) {
        List<String> args = new ArrayList<>(List.of("1", key, word()));
        if (kind == Edge.Kind.LOOKS_UP_HASH) {
            args.addAll(fields);
        }
        return LookScript.run(link, LOOK, args).map(reply -> seen((List<?>) reply));
    }

    private String word() {
        return switch (kind) {
            case READS, WRITES, LOOKS_UP_STREAM -> "stream";
            case LOOKS_UP_HASH -> "hash";
            case LOOKS_UP_VALUE -> "value";
        };
    }

    private Seen seen(List<?> reply) {
        return switch (String.valueOf(reply.get(0))) {
            case "absent" -> new Seen(Presence.ABSENT, StreamFacts.EMPTY, FieldSample.NONE);
            case "there" -> there(reply);
            default -> refused(String.valueOf(reply.get(1)));
        };
    }

    private Seen there(List<?> reply) {
        if (word().equals("stream")) {
            return new Seen(Presence.THERE, stream(reply), FieldSample.NONE);
        }
        if (reply.size() < 2) {
            return new Seen(Presence.THERE, StreamFacts.EMPTY, FieldSample.NONE);
        }
        long hits = (Long) reply.get(1);
        String why = key + " is there, but none of the fields that are read is: " + String.join(", ", fields);
        return new Seen(Presence.THERE, StreamFacts.EMPTY, sample(hits, why));
    }

    private StreamFacts stream(List<?> reply) {
        EntryId last = EntryId.parse(String.valueOf(reply.get(3)));
        return new StreamFacts(
                (Long) reply.get(1), (Long) reply.get(2), last, Math.max(0, clock.getAsLong() - last.ms()));
    }

    /** A key of another type is there and has nothing the reader could use. */
    private Seen refused(String error) {
        boolean isWrongType = error.contains("WRONGTYPE") || error.contains("wrong kind of value");
        return isWrongType
                ? new Seen(Presence.THERE, StreamFacts.EMPTY, sample(0, key + " is there, but it is not a " + word()))
                : Seen.NOTHING;
    }

    private static FieldSample sample(long hits, String why) {
        return new FieldSample(1, Math.min(1, hits), hits > 0 ? "" : why, List.of());
    }
}
