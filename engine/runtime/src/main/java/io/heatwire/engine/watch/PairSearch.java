package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.plan.CoveragePlan;
import io.heatwire.engine.plan.CoveragePlan.Place.InStream;
import io.heatwire.engine.watch.PairSample.Counted;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import reactor.core.publisher.Mono;

/**
 * One search for the counterparts in a stream, page by page: from the oldest entry of the sample on, and for what is not found there
 * back towards the beginning of the window, since what came twice may have had its counterpart the first time. What is behind the last
 * page read, or what the stream has trimmed away, is not judged at all: nobody is blamed for what was not looked at.
 */
final class PairSearch {

    /** Read in one script call: about a millisecond of Redis. */
    private static final String PAGE = "500";

    private static final int MOST_PAGES = 10;

    /**
     * KEYS: stream. ARGV: XRANGE or XREVRANGE with its bounds, how many, field, how many conditions, each as name and value, then the
     * values that are looked for.
     * The answer: the first entry if earlier ones were removed, the last id read (empty at the end of the stream), and
     * the values found.
     */
    private static final String SEARCH = """
            #!lua flags=no-writes
            local out = {0, ''}
            if redis.call('EXISTS', KEYS[1]) == 0 then return out end
            local info, facts = redis.call('XINFO', 'STREAM', KEYS[1]), {}
            for i = 1, #info, 2 do facts[info[i]] = info[i + 1] end
            if facts['entries-added'] > facts.length then
            out[1] = facts['first-entry'] and facts['first-entry'][1] or facts['last-generated-id']
            end
            local conditions, wanted = tonumber(ARGV[6]), {}
            for i = 7 + 2 * conditions, #ARGV do wanted[ARGV[i]] = true end
            local rows = redis.call(ARGV[1], KEYS[1], ARGV[2], ARGV[3], 'COUNT', ARGV[4])
            for _, row in ipairs(rows) do
            local has, flat = {}, row[2]
            for i = 1, #flat, 2 do has[flat[i]] = flat[i + 1] end
            local value, fits = has[ARGV[5]], true
            for c = 1, conditions do
            if has[ARGV[5 + 2 * c]] ~= ARGV[6 + 2 * c] then fits = false end
            end
            if value and fits and wanted[value] then
            wanted[value] = nil
            out[#out + 1] = value
            end
            end
            if #rows == tonumber(ARGV[4]) then out[2] = rows[#rows][1] end
            return out
            """;

    private final CoveragePlan plan;
    private final InStream place;
    private final Map<String, Long> expected;
    private final Set<String> open;
    private final long windowFromMs;
    private long floorMs;
    private long readUpToMs = Long.MAX_VALUE;

    /**
     * A search.
     *
     * @param expected what is looked for, with the time of the entry that has it
     * @param windowFromMs no counterpart is older
     */
    PairSearch(CoveragePlan plan, InStream place, Map<String, Long> expected, long windowFromMs) {
        this.plan = plan;
        this.place = place;
        this.expected = expected;
        this.open = new HashSet<>(expected.keySet());
        this.windowFromMs = windowFromMs;
    }

    Mono<Counted> search(ControlLink link) {
        long fromMs =
                expected.values().stream().mapToLong(Long::longValue).min().orElse(0);
        return pages(link, "XRANGE", Long.toString(fromMs), "+", MOST_PAGES)
                .doOnNext(last -> readUpToMs = last.isEmpty() ? Long.MAX_VALUE : ms(last))
                .then(Mono.defer(() -> open.isEmpty()
                        ? Mono.just("")
                        : pages(link, "XREVRANGE", "(" + fromMs + "-0", Long.toString(windowFromMs), MOST_PAGES)))
                .then(Mono.fromSupplier(this::counted));
    }

    /** Reads on until nothing is looked for any more; the last id read, empty when the end was reached. */
    private Mono<String> pages(ControlLink link, String command, String bound, String until, int left) {
        return LookScript.run(link, SEARCH, args(command, bound, until)).flatMap(reply -> {
            List<?> found = (List<?>) reply;
            found.subList(2, found.size()).forEach(value -> open.remove(String.valueOf(value)));
            floorMs = Math.max(floorMs, ms(String.valueOf(found.get(0))));
            String last = String.valueOf(found.get(1));
            return last.isEmpty() || open.isEmpty() || left <= 1
                    ? Mono.just(last)
                    : pages(link, command, "(" + last, until, left - 1);
        });
    }

    private List<String> args(String command, String bound, String until) {
        List<String> args = new ArrayList<>(List.of("1", place.key(), command, bound, until, PAGE, plan.by()));
        args.add(Integer.toString(place.where().size()));
        place.where().forEach((field, value) -> args.addAll(List.of(field, value)));
        args.addAll(open);
        return args;
    }

    private static long ms(String id) {
        return id.indexOf('-') < 1 ? 0 : EntryId.parse(id).ms();
    }

    private Counted counted() {
        long missing = open.stream()
                .mapToLong(value -> expected.getOrDefault(value, 0L))
                .filter(atMs -> atMs > floorMs && atMs + plan.withinMs() <= readUpToMs)
                .count();
        long found = (long) expected.size() - open.size();
        return new Counted(found + missing, found);
    }
}
