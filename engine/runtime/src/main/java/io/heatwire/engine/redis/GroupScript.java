package io.heatwire.engine.redis;

import io.heatwire.contract.event.EntryId;
import io.heatwire.engine.link.GroupFound;
import io.heatwire.engine.link.GroupFound.State;
import io.heatwire.engine.link.LinkException;
import io.heatwire.engine.link.LinkException.Kind;
import io.heatwire.engine.offset.OffsetLua;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.SourcePlan;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.CommandArgs;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Makes sure that the consumer group is there, in one atomic step: of two engines that open at the same time, one creates it and
 * the other finds it. A group that is gone is created again by its saved offset and the plan.
 *
 * <p>KEYS: stream, saved offset. ARGV: group, consumer, word of the plan, how many ids of pending entries are saved at most.
 *
 * <p>With every new group its account of losses is opened, or closed where the position is not certain: the look that comes a
 * second later would not see what was trimmed until then.
 *
 * <p>What went from the stream unread while the group was gone follows from the account of the lost one: all that was ever added,
 * less what the stream still holds behind the saved offset, less what the account knows of. Counted only where all three are
 * certain, so that the number is never too large.
 *
 * <p>What cannot be known: a stream that was deleted and written again, with smaller ids among larger ones and more entries than
 * the group had read, looks like the old one.
 */
final class GroupScript {

    static final Script SCRIPT = Script.of("#!lua\n" + OffsetLua.FUNCTIONS + """
            local S, H, G, C, policy, most = KEYS[1], KEYS[2], ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
            local function refusal(e, key, type)
            if not e.err:find('wrong kind of value',1,true) then return e end
            return redis.error_reply('WRONGTYPE ' .. key .. ' is not a ' .. type .. '; move that key away')
            end
            local facts, failed = offset_group(S, G)
            if failed then return refusal(failed, S, 'stream') end
            local saved, unreadable = offset_saved(H)
            if unreadable then return refusal(unreadable, H, 'hash') end
            local function unread(stream, at)
            local first = stream['first-entry']
            if not first or not offset_above(stream['last-generated-id'], at) then return 0 end
            if offset_above(first[1], at) then return stream.length end
            return first[1] == at and stream.length - 1 or nil
            end
            local function open_account(now)
            local info = redis.pcall('XINFO','STREAM',S)
            local stream = info.err and {} or offset_facts(info)
            local left = stream['entries-added'] and unread(stream, now['last-delivered-id'])
            if left then redis.pcall('HSET',H,'account',('%d  '):format(stream['entries-added'] - left - now.pending))
            else redis.pcall('HDEL',H,'account') end
            end
            if facts then
            local at = facts['last-delivered-id']
            if saved.last and not (saved.top and offset_above(saved.top, at)) then return {'there', at, 0, 0, 0, 0} end
            local r = offset_save(H, S, G, facts, saved, 0, nil, nil, most)
            if not saved.last and r ~= -2 then open_account(facts) end
            return {saved.last and r == -1 and 'rewound' or 'there', at, 0, 0, 0, 0}
            end
            local function create(at, read)
            if read then redis.call('XGROUP','CREATE',S,G,at,'MKSTREAM','ENTRIESREAD',read)
            else redis.call('XGROUP','CREATE',S,G,at,'MKSTREAM') end
            end
            local function undone(e)
            redis.pcall('XGROUP','DESTROY',S,G)
            return e
            end
            local function save(top)
            redis.pcall('HDEL',H,'base','pending','account')
            local now = offset_group(S, G)
            if now and offset_save(H, S, G, now, {top = top}, 0, nil, nil, most) ~= -2 then open_account(now) end
            end
            if not saved.last then
            create('0')
            save()
            return {'first', '0-0', 0, 0, 0, 0}
            end
            local v = redis.call('HMGET',H,'read','held','pending','account')
            local read, held, listed = tonumber(v[1] or ''), tonumber(v[2] or '') or 0, v[3]
            local low, last = saved.low or '0-0', saved.last
            local mixed = saved.top and offset_above(saved.top, low)
            local low_read = read and not mixed and read - held or nil
            if policy == 'stop' then return {'stop', low, low_read or -1, held, mixed and 1 or 0, 0} end
            local info = redis.pcall('XINFO','STREAM',S)
            if info.err and not info.err:find('no such key',1,true) then return info end
            local stream = info.err and {} or offset_facts(info)
            local added, length = stream['entries-added'] or 0, stream.length or 0
            local same = not info.err and not offset_above(last, stream['last-generated-id']) and not (read and added < read)
            local function delivered_and_there()
            local found = redis.pcall('XRANGE',S,'(' .. low,last,'COUNT',most + 1)
            return found.err and held or #found
            end
            local function trimmed_unread()
            local left = same and unread(stream, last)
            local value, base = (v[4] or ''):match('^(%-?%d+) %-?%d* (%-?%d*)$')
            if not left or not value or not saved.settled or (base ~= '' and tonumber(base) ~= saved.base) then return 0 end
            return math.max(0, added - left - math.max(value + saved.settled + held, read or 0))
            end
            local trimmed = trimmed_unread()
            if policy == 'earliest' then
            create('0')
            save()
            local new = same and unread(stream, last) or read and math.min(length, added - read) or 0
            return {'earliest', '0-0', same and length - new or 0, 0, same and 0 or held, trimmed}
            end
            if policy == 'latest' then
            local at, from = '0', nil
            if same then at = mixed and last or low; from = mixed and read or low_read end
            create(at, from)
            local left = same and unread(stream, at)
            local skipped = left or offset_group(S, G).lag or (from and math.min(length, added - from)) or length
            local gone = held
            if same and mixed then skipped = skipped + held; gone = 0
            elseif same then gone = left and math.max(0, held - delivered_and_there()) or 0 end
            local moved = redis.pcall('XGROUP','SETID',S,G,'$','ENTRIESREAD',added)
            if moved.err then return undone(moved) end
            save()
            return {'latest', stream['last-generated-id'] or '0-0', 0, skipped, gone, trimmed}
            end
            if not same then
            create('0')
            save()
            return {'other', '0-0', 0, 0, held, 0}
            end
            if listed then
            local t = {'XCLAIM',S,G,C,0}
            for id in listed:gmatch('%d+%-%d+') do t[#t + 1] = id end
            local ids = #t - 5
            t[#t + 1] = 'FORCE'; t[#t + 1] = 'JUSTID'; t[#t + 1] = 'RETRYCOUNT'; t[#t + 1] = 0
            create(last, read)
            local back = redis.pcall(unpack(t))
            if back.err then return undone(back) end
            save(saved.top)
            return {'resumed', last, #back, 0, ids - #back, trimmed}
            end
            create(low, low_read)
            local again = delivered_and_there()
            save(saved.top)
            if again > most then return {'resumed', low, -1, 0, 0, trimmed} end
            return {'resumed', low, again, 0, mixed and 0 or math.max(0, held - again), trimmed}
            """);

    private static final Map<String, State> STATES = Map.of(
            "there", State.THERE,
            "rewound", State.REWOUND,
            "first", State.FIRST,
            "resumed", State.RESUMED,
            "other", State.ANOTHER_STREAM,
            "earliest", State.FROM_THE_START,
            "latest", State.FROM_THE_END);

    private GroupScript() {}

    static CommandArgs<byte[], byte[]> args(SourcePlan.FromStream source) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE);
        args.add(RedisLinks.bytes(SCRIPT.sha())).add(2);
        args.addKey(bytes(source.key())).addKey(bytes(SavedOffset.key(source.key(), source.group())));
        args.add(bytes(source.group())).add(bytes(source.consumer()));
        args.add(source.onGroupLost().word()).add(SavedOffset.MOST_IDS);
        return args;
    }

    /**
     * What the script answered.
     *
     * @throws LinkException when the group is gone and the plan says stop
     */
    static GroupFound found(SourcePlan.FromStream source, List<?> reply) {
        String word = text(reply.get(0));
        State state = STATES.get(word);
        if (state == null) {
            throw stopped(source, reply);
        }
        return new GroupFound(
                state,
                EntryId.parse(text(reply.get(1))),
                number(reply, 2),
                number(reply, 3),
                number(reply, 4),
                number(reply, 5));
    }

    private static LinkException stopped(SourcePlan.FromStream source, List<?> reply) {
        String low = text(reply.get(1));
        String create = "redis-cli XGROUP CREATE " + quoted(source.key()) + " " + quoted(source.group()) + " ";
        String read = number(reply, 2) < 0 ? "" : " ENTRIESREAD " + number(reply, 2);
        String again = number(reply, 4) == 1 ? ", though some entries behind it are settled and would come again" : "";
        String text = "the consumer group " + source.group() + " of stream " + source.key()
                + " is gone and on_group_lost is stop; everything up to " + low + " is settled, " + number(reply, 3)
                + " entries were delivered and not settled; create it to go on: there: " + create + low + " MKSTREAM"
                + read + again + "; from the start: " + create + "0 MKSTREAM; without what the stream holds now: "
                + create
                + "'$' MKSTREAM";
        return new LinkException(
                Kind.REFUSED, LinkException.GROUP_GONE, text, new IllegalStateException("on_group_lost: stop"));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_.:/-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    private static long number(List<?> reply, int index) {
        return (Long) reply.get(index);
    }

    private static String text(Object bytes) {
        return new String((byte[]) bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
