package io.heatwire.engine.watch;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.plan.CoveragePlan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** The entries of a pair that should have a counterpart by now. */
final class PairSample {

    private static final String MOST = "100";

    /** KEYS: stream. ARGV: newest id, oldest id, how many, field. The answer: id and value, newest first; only what fits a key. */
    private static final String NEWEST = """
            #!lua flags=no-writes
            local out = {}
            if redis.call('EXISTS', KEYS[1]) == 0 then return out end
            for _, row in ipairs(redis.call('XREVRANGE', KEYS[1], ARGV[1], ARGV[2], 'COUNT', ARGV[3])) do
            local flat = row[2]
            for i = 1, #flat, 2 do
            if flat[i] == ARGV[4] and flat[i + 1] ~= '' and #flat[i + 1] <= 200 then
            out[#out + 1] = row[1]
            out[#out + 1] = flat[i + 1]
            end
            end
            end
            return out
            """;

    private PairSample() {}

    /** How many were judged, and how many of these were there. */
    record Counted(long expected, long found) {}

    /** The values that should have a counterpart, with the time of the oldest entry that has it; each once. */
    static Mono<Map<String, Long>> expected(ControlLink link, CoveragePlan plan, long nowMs) {
        List<String> args = List.of(
                "1",
                plan.of(),
                Long.toString(Math.max(1, nowMs - plan.withinMs())),
                Long.toString(Math.max(0, nowMs - plan.windowMs())),
                MOST,
                plan.by());
        return LookScript.run(link, NEWEST, args).map(reply -> {
            Map<String, Long> expected = new LinkedHashMap<>();
            List<?> flat = (List<?>) reply;
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                expected.put(
                        String.valueOf(flat.get(i + 1)),
                        EntryId.parse(String.valueOf(flat.get(i))).ms());
            }
            return expected;
        });
    }
}
