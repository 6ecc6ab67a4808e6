package io.heatwire.engine.dead;

import io.heatwire.engine.offset.OffsetLua;

/** The scripts behind the work with dead letters. */
final class DeadLua {

    private DeadLua() {}

    /**
     * Ids with the first word of each reason; the letters themselves, perhaps large, stay where they are. KEYS: dead-letter
     * stream. ARGV: command, from, to, how many.
     */
    static final String INDEX = """
            #!lua flags=no-writes
            local r, from, left = {}, ARGV[2], tonumber(ARGV[4])
            while left > 0 do
            local size = math.min(left, 20)
            local page = redis.call(ARGV[1], KEYS[1], from, ARGV[3], 'COUNT', size)
            for _, e in ipairs(page) do
            local f, word = e[2], ''
            if f[#f - 7] == 'heatwire_reason' then word = string.sub(string.match(f[#f - 6], '^[^:]*'), 1, 100) end
            r[#r + 1] = e[1]; r[#r + 1] = word
            from = '(' .. e[1]
            end
            left = left - #page
            if #page < size then break end
            end
            return r
            """;

    /**
     * Puts one letter back. KEYS: dead-letter stream, input stream, saved offset of the group. ARGV: id of the letter, group,
     * consent to apply effects again, consent to reach other groups, cap of the input stream (0: none), how many pending ids the
     * saved offset holds at most.
     *
     * <p>Everything is checked before anything is written, and the right to delete is tried on an id that cannot exist, since
     * nothing rolls back. A letter is put back only by the call that deletes it: whoever comes later finds none.
     *
     * <p>The saved offset of the group said that the entry is settled. From here on it says that it is pending: else the next
     * commit would take it for one of a group that was set back, and it would be forgotten if the group were lost.
     */
    static final String REQUEUE = "#!lua\n" + OffsetLua.FUNCTIONS + """
            local dead, input = KEYS[1], KEYS[2]
            local id, group, again, everybody, cap = ARGV[1], ARGV[2], ARGV[3] == '1', ARGV[4] == '1', tonumber(ARGV[5])
            local letter = redis.call('XRANGE', dead, id, id)[1]
            if not letter then return {'ABSENT'} end
            local f = letter[2]
            local n = #f
            if f[n - 7] ~= 'heatwire_reason' or f[n - 5] ~= 'heatwire_source_id' or f[n - 3] ~= 'heatwire_deliveries'
            or f[n - 1] ~= 'heatwire_stage' or not string.match(f[n - 4], '^%d+%-%d+$') then return {'FOREIGN'} end
            local reason, source = f[n - 6], f[n - 4]
            if string.match(reason, '^effect_failed') and not again then return {'EFFECTS_APPLIED', reason} end
            local fields = {}
            if n == 10 and f[1] == 'heatwire_fields_msgpack' then
            local ok, unpacked = pcall(cmsgpack.unpack, f[2])
            if not ok or type(unpacked) ~= 'table' then return {'FOREIGN'} end
            fields = unpacked
            else for i = 1, n - 8 do fields[i] = f[i] end end

            local function remove()
            if redis.call('XDEL', dead, id) ~= 1 then error('the letter was there and could not be deleted') end
            end
            local function same(other)
            if #other ~= #fields then return false end
            for i = 1, #fields do if fields[i] ~= other[i] then return false end end
            return true
            end

            local facts, unknown = offset_group(input, group)
            if unknown then return unknown end
            if not facts then return {'NO_GROUP'} end
            local saved, unreadable = offset_saved(KEYS[3])
            if unreadable then return unreadable end
            local original = redis.call('XRANGE', input, source, source)[1]
            if original and same(original[2]) then
            local held = redis.call('XPENDING', input, group, source, source, 1)
            if held[1] then return {'PENDING', held[1][2]} end
            redis.call('XDEL', dead, '0-0')
            local put = redis.call('XCLAIM', input, group, 'requeue', 0, source, 'IDLE', 604800000, 'RETRYCOUNT', 0, 'FORCE', 'JUSTID')
            if not put[1] then return redis.error_reply('ERR the entry could not be made pending') end
            if saved.low then offset_save(KEYS[3], input, group, facts, saved, -1, nil, nil, tonumber(ARGV[6])) end
            remove()
            return {'PUT_BACK', source}
            end

            if #fields == 0 then return {'NO_FIELDS', source} end
            local others = {}
            for _, flat in ipairs(redis.call('XINFO', 'GROUPS', input)) do
            local name = offset_facts(flat).name
            if name ~= group then others[#others + 1] = name end
            end
            if #others > 0 and not everybody then
            local r = {'OTHER_GROUPS', source}
            for i = 1, math.min(#others, 100) do r[i + 2] = others[i] end
            return r
            end
            if cap > 0 and redis.call('XLEN', input) >= cap then return {'FULL', tostring(cap)} end
            if #fields > 7900 then return {'TOO_WIDE', tostring(#fields / 2)} end
            redis.call('XDEL', dead, '0-0')
            local added = redis.call('XADD', input, '*', unpack(fields))
            remove()
            return {'APPENDED', added}
            """;
}
