package io.heatwire.ops.inject;

import io.heatwire.contract.event.EntryId;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.wiring.graph.StreamWire;
import io.heatwire.wiring.graph.StreamWire.Bound;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Appends entries to declared streams as a stage would: never beyond a cap, and trimming to what is kept. */
public final class Appender {

    /** More would not fit into one call of the script. */
    public static final int MOST_FIELDS = 3_000;

    private static final int AT_ONCE = 64;

    private static final String APPEND = """
            local cap, keep = tonumber(ARGV[1]), ARGV[2]
            if cap > 0 and redis.call('XLEN', KEYS[1]) >= cap then return false end
            local words = {'XADD', KEYS[1]}
            if keep ~= '0' then words[3] = 'MAXLEN'; words[4] = '~'; words[5] = keep end
            words[#words + 1] = '*'
            for i = 3, #ARGV do words[#words + 1] = ARGV[i] end
            return redis.call(unpack(words))
            """;

    private final DeadDesk desk;

    /** Appends through this connection, which stays its owner's. */
    public Appender(DeadDesk desk) {
        this.desk = desk;
    }

    /**
     * Appends one entry.
     *
     * @return its id; empty when the stream is at its cap
     * @throws io.heatwire.ops.dead.RedisRefusedException when Redis does not do it
     */
    public Optional<EntryId> append(StreamWire stream, Map<String, String> fields) {
        return desk.await(appending(stream, fields));
    }

    /**
     * Appends entries as fast as Redis takes them.
     *
     * @return their ids; fewer than entries when the stream came to its cap
     */
    public List<EntryId> append(StreamWire stream, List<Map<String, String>> entries) {
        return desk.awaitAll(
                Flux.fromIterable(entries).flatMapSequential(entry -> appending(stream, entry), AT_ONCE, 1));
    }

    private Mono<EntryId> appending(StreamWire stream, Map<String, String> fields) {
        List<String> args = new ArrayList<>(List.of(
                stream.bound() instanceof Bound.Cap cap ? Long.toString(cap.entries()) : "0",
                stream.bound() instanceof Bound.Keep keep ? Long.toString(keep.entries()) : "0"));
        fields.forEach((name, value) -> {
            args.add(name);
            args.add(value);
        });
        return desk.script(APPEND, List.of(stream.key()), args.toArray(new String[0]))
                .map(id -> EntryId.parse(id.toString()));
    }
}
