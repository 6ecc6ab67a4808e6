package io.heatwire.ops.proof;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.look.StreamEntry;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import reactor.core.publisher.Mono;

/**
 * Takes away what a run of proofs left: first the entries, each only when every group of its stream has finished with it, so that no
 * lag and no account of entries changes by it; then the keys. A coverage that is measured meanwhile finds no entry without its key.
 */
final class CleanUp {

    private static final Duration BETWEEN = Duration.ofMillis(100);
    private static final long HURRIED_MS = 3_000;
    private static final int PAGE = 500;
    private static final int MOST_PAGES = 200;
    private static final int MOST_SCANS = 5_000;
    private static final String SCAN_COUNT = "1000";
    private static final int MOST_SAID = 10;
    private static final String KEY_PATTERN = "*[Hh][Ee][Aa][Tt][Ww][Ii][Rr][Ee]*[Pp][Rr][Oo][Oo][Ff]*";

    /**
     * Deletes an entry that every group has finished with; else the answer says why not. An observation is noted, so that who counts
     * the stream against the counters can tell.
     */
    private static final String DELETE_SETTLED = """
            local ms, seq = string.match(ARGV[1], '(%d+)-(%d+)')
            ms, seq = tonumber(ms), tonumber(seq)
            if redis.call('EXISTS', KEYS[1]) == 0 then return 'gone' end
            for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
              local name, last
              for i = 1, #group, 2 do
                if group[i] == 'name' then name = group[i + 1] end
                if group[i] == 'last-delivered-id' then last = group[i + 1] end
              end
              local lms, lseq = string.match(last, '(%d+)-(%d+)')
              lms, lseq = tonumber(lms), tonumber(lseq)
              if lms < ms or (lms == ms and lseq < seq) then return 'group ' .. name .. ' has not read it' end
              if #redis.call('XPENDING', KEYS[1], name, ARGV[1], ARGV[1], 1) > 0 then return 'pending in group ' .. name end
            end
            if redis.call('XDEL', KEYS[1], ARGV[1]) == 1 and ARGV[2] ~= '' then
              redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
              redis.call('EXPIRE', KEYS[2], 2592000)
            end
            return 'deleted'
            """;

    private final Ground ground;
    private final PrintWriter out;
    private final Map<Place, String> left = new LinkedHashMap<>();
    private final Set<String> tokensLeft = new LinkedHashSet<>();
    private long entries;
    private long keys;

    private record Place(String stream, EntryId id) {}

    CleanUp(Ground ground, PrintWriter out) {
        this.ground = ground;
        this.out = out;
    }

    /**
     * Deletes what may be deleted, and says what may not.
     *
     * @param isHurried whether somebody waits for it to end
     */
    void run(boolean isHurried) {
        long patienceMs = isHurried ? Math.min(HURRIED_MS, patienceMs()) : patienceMs();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMs);
        boolean isClean = deleteEntries();
        while (!isClean && System.nanoTime() < deadline) {
            ground.desk().await(Mono.delay(BETWEEN));
            isClean = deleteEntries();
        }
        boolean sawAllKeys = deleteKeys();
        out.println("cleaned up: " + entries + " entries, " + keys + " keys");
        left.entrySet().stream()
                .limit(MOST_SAID)
                .forEach(each ->
                        out.println("left behind: entry " + each.getKey().id() + " of "
                                + each.getKey().stream() + ", " + each.getValue() + "; once it has: redis-cli XDEL "
                                + each.getKey().stream() + " " + each.getKey().id()));
        if (left.size() > MOST_SAID) {
            out.println("left behind: " + (left.size() - MOST_SAID) + " entries more");
        }
        if (!sawAllKeys) {
            out.println("left behind: perhaps keys with " + ground.marks().prefix()
                    + " in their names; there are too many keys to look at all of them. They expire by themselves");
        }
        out.flush();
    }

    /** Plans may have to wait for as long as a late observer lets them. */
    private long patienceMs() {
        long longest = ground.plan().stages().stream()
                .filter(stage -> stage.config().settings().get("max_wait_ms") instanceof Long)
                .mapToLong(stage -> stage.config().integer("max_wait_ms"))
                .max()
                .orElse(0);
        return ground.request().waitMs() + Math.min(longest, 60_000);
    }

    /** Deletes what may be deleted now; whether there was nothing else. */
    private boolean deleteEntries() {
        left.clear();
        tokensLeft.clear();
        boolean isClean = true;
        for (String stream : streams()) {
            for (StreamEntry entry : ofThisRun(stream)) {
                isClean = false;
                String what = ground.desk()
                        .await(ground.desk()
                                .script(
                                        DELETE_SETTLED,
                                        List.of(stream, RemovedObservations.key(stream)),
                                        entry.id().toString(),
                                        RemovedObservations.note(entry)))
                        .orElse("no answer")
                        .toString();
                if (what.equals("deleted")) {
                    entries++;
                } else if (!what.equals("gone")) {
                    left.put(new Place(stream, entry.id()), what);
                    entry.text("plan_id").ifPresent(tokensLeft::add);
                }
            }
        }
        return isClean;
    }

    private Set<String> streams() {
        Set<String> streams = new LinkedHashSet<>();
        ground.graph().streams().forEach(stream -> streams.add(stream.key()));
        ground.plan().stages().stream().map(StagePlan::deadStream).forEach(streams::add);
        return streams;
    }

    private List<StreamEntry> ofThisRun(String stream) {
        if (!ground.view().type(stream).equals("stream")) {
            return List.of();
        }
        Set<EntryId> given = new LinkedHashSet<>();
        ground.given().stream()
                .filter(each -> each.stream().key().equals(stream))
                .forEach(each -> given.add(each.id()));
        List<StreamEntry> found = new ArrayList<>();
        String newest = "+";
        for (int page = 0; page < MOST_PAGES; page++) {
            List<StreamEntry> entries = ground.view().newestFirst(stream, newest, ground.start(), PAGE);
            entries.stream()
                    .filter(entry -> given.contains(entry.id()) || isOurs(entry))
                    .forEach(found::add);
            if (entries.size() < PAGE) {
                return found;
            }
            newest = "(" + entries.get(entries.size() - 1).id();
        }
        return found;
    }

    private boolean isOurs(StreamEntry entry) {
        return entry.fields().stream()
                .anyMatch(field -> new String(field.value(), StandardCharsets.UTF_8)
                        .startsWith(ground.marks().prefix()));
    }

    /** Deletes the keys of this run and of earlier ones that were killed; whether it could look at all keys. */
    private boolean deleteKeys() {
        Set<String> streams = streams();
        String cursor = "0";
        for (int scan = 0; scan < MOST_SCANS; scan++) {
            List<?> reply = (List<?>) ground.desk()
                    .await(ground.desk().link().command("SCAN", cursor, "MATCH", KEY_PATTERN, "COUNT", SCAN_COUNT))
                    .orElse(List.of("0", List.of()));
            for (Object key : (List<?>) Objects.requireNonNull(reply.get(1))) {
                deleteKey(streams, String.valueOf(key));
            }
            cursor = String.valueOf(reply.get(0));
            if (cursor.equals("0")) {
                return true;
            }
        }
        return false;
    }

    private void deleteKey(Set<String> streams, String key) {
        boolean isOurs = key.contains(Marks.PREFIX) || key.contains(Marks.SYMBOL);
        boolean isNeeded = streams.contains(key) || tokensLeft.stream().anyMatch(key::contains);
        if (isOurs && !isNeeded && !ground.view().type(key).equals("stream")) {
            keys += ground.desk()
                    .await(ground.desk().link().command("DEL", key))
                    .map(deleted -> (Long) deleted)
                    .orElse(0L);
        }
    }
}
