package io.heatwire.engine.redis;

import io.heatwire.engine.lease.ConsumerLease;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.protocol.CommandArgs;

/**
 * The fixed scripts around a consumer of a group: the lease of its name, what it hands back, its removal. They may run when
 * memory is full: they store nothing but one small key for each consumer, and a full memory must not cost anybody its name.
 */
final class ConsumerScripts {

    /** How long a lease outlives its last renewal. */
    static final long LEASE_MS = 10_000;

    /** Far longer than any min_idle_ms, and short enough to lie behind the beginning of Unix time. */
    static final long HANDED_BACK_IDLE_MS = 10L * 365 * 24 * 3600 * 1000;

    /** Entries in one call at most: about half a millisecond of everybody's Redis. */
    static final int PAGE = 200;

    /** KEYS: lease. ARGV: owner, ms, an owner known to have ended. The owner afterwards. */
    static final Script TAKE = Script.of("""
            #!lua flags=allow-oom
            local now = redis.call('GET', KEYS[1])
            if not now or now == ARGV[1] or now == ARGV[3] then
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return ARGV[1]
            end
            return now
            """);

    /** KEYS: lease. ARGV: owner. */
    static final Script RELEASE = Script.of("""
            #!lua flags=allow-oom
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """);

    /**
     * KEYS: stream, lease. ARGV: owner, group, consumer, first id, entries at most, idle ms. How many were looked at, how many of
     * them were handed back, how many are gone, the last id. Claiming an entry that the stream no longer has would drop it from
     * the pending ones without a word, so those are left alone.
     */
    static final Script HAND_BACK = Script.of("""
            #!lua flags=allow-oom
            local owner = redis.call('GET', KEYS[2])
            if owner and owner ~= ARGV[1] then return {0, 0, 0, ''} end
            local held = redis.call('XPENDING', KEYS[1], ARGV[2], ARGV[4], '+', ARGV[5], ARGV[3])
            local claim, last = {'XCLAIM', KEYS[1], ARGV[2], ARGV[3], 0}, ''
            for i = 1, #held do
            last = held[i][1]
            if #redis.call('XRANGE', KEYS[1], last, last) > 0 then claim[#claim + 1] = last end
            end
            local found = #claim - 5
            if found > 0 then
            claim[#claim + 1] = 'IDLE'; claim[#claim + 1] = ARGV[6]; claim[#claim + 1] = 'JUSTID'
            redis.call(unpack(claim))
            end
            return {#held, found, #held - found, last}
            """);

    /** KEYS: stream, lease. ARGV: group, consumer, idle ms. 1 when it was removed: it would take what is pending with it. */
    static final Script REMOVE_IDLE = Script.of("""
            #!lua flags=allow-oom
            if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
            for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
            local fact = {}
            for i = 1, #row, 2 do fact[row[i]] = row[i + 1] end
            if fact.name == ARGV[2] and fact.pending == 0 and fact.idle >= tonumber(ARGV[3]) then
            redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], ARGV[2])
            return 1
            end
            end
            return 0
            """);

    private ConsumerScripts() {}

    static CommandArgs<byte[], byte[]> take(SourcePlan.FromStream source, String owner, String ended) {
        return Args.of(TAKE.sha(), 1, lease(source), owner, LEASE_MS, ended);
    }

    static CommandArgs<byte[], byte[]> release(SourcePlan.FromStream source, String owner) {
        return Args.of(RELEASE.sha(), 1, lease(source), owner);
    }

    static CommandArgs<byte[], byte[]> handBack(SourcePlan.FromStream source, String owner, String from) {
        return Args.of(
                HAND_BACK.sha(),
                2,
                source.key(),
                lease(source),
                owner,
                source.group(),
                source.consumer(),
                from,
                PAGE,
                HANDED_BACK_IDLE_MS);
    }

    static CommandArgs<byte[], byte[]> removeIdle(String stream, String group, String consumer, long idleMs) {
        return Args.of(
                REMOVE_IDLE.sha(), 2, stream, ConsumerLease.key(stream, group, consumer), group, consumer, idleMs);
    }

    private static String lease(SourcePlan.FromStream source) {
        return ConsumerLease.key(source.key(), source.group(), source.consumer());
    }
}
