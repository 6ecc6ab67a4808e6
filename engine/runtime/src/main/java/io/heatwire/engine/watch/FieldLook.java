package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.edge.FieldSample;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.stage.Printable;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/** Whether the newest entries of a stream have the fields that are needed. Only names leave Redis, and few of them. */
final class FieldLook {

    /** Entries may be large: a look at a few of them every other second costs nothing that anybody would notice. */
    private static final long PAUSE_MS = 2_000;

    private static final String NEWEST = "5";

    /**
     * KEYS: the stream. ARGV: how many entries, how many fields are needed, and for each how many names it goes by, and these.
     * The answer: entries, those that have all, which field the newest lacks (0: none), the names of its fields.
     */
    private static final String SAMPLE = """
            #!lua flags=no-writes
            local rows = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', ARGV[1])
            local out, fitting, lacks = {#rows, 0, 0}, 0, 0
            for i, row in ipairs(rows) do
            local has, flat = {}, row[2]
            for j = 1, #flat, 2 do
            if flat[j + 1] ~= '' then has[flat[j]] = true end
            if i == 1 and #out < 15 then out[#out + 1] = string.sub(flat[j], 1, 40) end
            end
            local p, missing = 3, 0
            for f = 1, tonumber(ARGV[2]) do
            local n, any = tonumber(ARGV[p]), false
            for a = p + 1, p + n do if has[ARGV[a]] then any = true end end
            if not any and missing == 0 then missing = f end
            p = p + n + 1
            end
            if missing == 0 then fitting = fitting + 1 end
            if i == 1 then lacks = missing end
            end
            out[2], out[3] = fitting, lacks
            return out
            """;

    private final String key;
    private final List<List<String>> needed;
    private FieldSample known = FieldSample.NONE;
    private EntryId knownUpTo = EntryId.ZERO;
    private long askedAtMs;

    /**
     * A look at this stream.
     *
     * @param needed fields, each by all its names; the first one is said to people
     */
    FieldLook(String key, List<List<String>> needed) {
        this.key = key;
        this.needed = needed;
    }

    /** The sample up to the last entry, perhaps that of a moment ago. */
    Mono<FieldSample> look(ControlLink link, EntryId last, long atMs) {
        boolean isKnown = last.equals(knownUpTo) || (!knownUpTo.equals(EntryId.ZERO) && atMs - askedAtMs < PAUSE_MS);
        if (needed.isEmpty() || isKnown) {
            return Mono.just(known);
        }
        return LookScript.run(link, SAMPLE, args()).map(reply -> {
            known = read((List<?>) reply);
            knownUpTo = last;
            askedAtMs = atMs;
            return known;
        });
    }

    private List<String> args() {
        List<String> args = new ArrayList<>(List.of("1", key, NEWEST, Integer.toString(needed.size())));
        for (List<String> names : needed) {
            args.add(Integer.toString(names.size()));
            args.addAll(names);
        }
        return args;
    }

    private FieldSample read(List<?> reply) {
        int lacks = Math.toIntExact((Long) reply.get(2));
        List<String> there = reply.subList(3, reply.size()).stream()
                .map(name -> Printable.of(String.valueOf(name)))
                .toList();
        return new FieldSample(
                (Long) reply.get(0),
                (Long) reply.get(1),
                lacks == 0 ? "" : String.join(" or ", needed.get(lacks - 1)),
                there);
    }
}
