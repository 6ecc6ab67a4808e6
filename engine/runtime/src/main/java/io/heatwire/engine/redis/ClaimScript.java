package io.heatwire.engine.redis;

import io.heatwire.engine.link.Entry;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandArgs;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Takes over pending entries. Claiming one that the stream no longer has would drop it from the pending ones without a word; so
 * what is there and what is gone is told in the same step that claims. It writes nothing that needs memory, so it runs when
 * memory is full, too.
 */
final class ClaimScript {

    /** What is gone comes as an id without fields, as from a read of own pending entries; it stays pending where it is. */
    static final Script SCRIPT = Script.of("""
            #!lua flags=allow-oom
            local stream, group, consumer, idle = KEYS[1], ARGV[1], ARGV[2], ARGV[3]
            local r, there = {}, {'XCLAIM', stream, group, consumer, idle}
            for i = 4, #ARGV do
            local id = ARGV[i]
            if #redis.call('XRANGE', stream, id, id) > 0 then there[#there + 1] = id
            elseif #redis.call('XPENDING', stream, group, 'IDLE', idle, id, id, 1) > 0 then r[#r + 1] = {id, false} end
            end
            if #there > 5 then
            for _, entry in ipairs(redis.call(unpack(there))) do r[#r + 1] = entry end
            end
            return r
            """);

    private ClaimScript() {}

    static CommandArgs<byte[], byte[]> args(SourcePlan.FromStream source, long minIdleMs, Collection<String> ids) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(RedisLinks.bytes(SCRIPT.sha())).add(1).addKey(RedisLinks.bytes(source.key()));
        args.add(RedisLinks.bytes(source.group())).add(RedisLinks.bytes(source.consumer()));
        args.add(minIdleMs);
        ids.forEach(id -> args.add(RedisLinks.bytes(id)));
        return args;
    }

    /** Its own decoder: that of the reads belongs to another event loop. */
    static CommandOutput<byte[], byte[], List<Entry>> output(Map<String, String> aliases) {
        return new EntriesOutput(new EntryDecoder(aliases), EntriesOutput.OF_XCLAIM);
    }
}
