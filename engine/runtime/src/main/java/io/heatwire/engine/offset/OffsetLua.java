package io.heatwire.engine.offset;

/** The parts of Lua that know how an offset is saved. All their names begin with {@code offset_}. */
public final class OffsetLua {

    private OffsetLua() {}

    /**
     * {@code offset_above(a, b)}: whether the first id is the larger one. {@code offset_before(id)}: the id just before it.
     * Numbers of Lua are too short for both.
     *
     * <p>{@code offset_group(stream, group)}: what XINFO GROUPS says of the group; nil and perhaps an error when it is not there.
     *
     * <p>{@code offset_saved(key)}: the saved fields, all nil when there are none; nil and an error when they cannot be read.
     *
     * <p>{@code offset_save(key, stream, group, facts, saved, acked, smallest, largest, most)}: saves where the group stands;
     * what was acknowledged just now is given by its number and its smallest and largest id, {@code most} bounds the ids of
     * pending entries. Answers 0, or -1 when acknowledged entries come again since somebody has set the group back, or -2 when
     * the offset could not be saved. Never fails, as it runs behind acknowledgements.
     */
    public static final String FUNCTIONS = """
            local function offset_above(a, b)
            local i, j = a:find('-',1,true), b:find('-',1,true)
            if i ~= j then return i > j end
            if #a == #b then return a > b end
            local m, n = a:sub(1,i), b:sub(1,j)
            if m ~= n then return m > n end
            return #a > #b
            end
            local function offset_less(n)
            local head, digit, zeros = n:match('^(%d*)([1-9])(0*)$')
            return ((head .. (digit - 1) .. ('9'):rep(#zeros)):gsub('^0+(%d)','%1'))
            end
            local function offset_before(id)
            local ms, seq = id:match('^(%d+)%-(%d+)$')
            if seq ~= '0' then return ms .. '-' .. offset_less(seq) end
            return ms == '0' and '0-0' or offset_less(ms) .. '-18446744073709551615'
            end
            local function offset_facts(flat)
            local t = {}
            for i = 1, #flat, 2 do t[flat[i]] = flat[i + 1] end
            return t
            end
            local function offset_group(stream, group)
            local all = redis.pcall('XINFO','GROUPS',stream)
            if all.err then
            if all.err:find('no such key',1,true) then return nil end
            return nil, all
            end
            for i = 1, #all do
            local t = offset_facts(all[i])
            if t.name == group then return t end
            end
            end
            local function offset_saved(key)
            local v = redis.pcall('HMGET',key,'last','low','top','settled','base')
            if v.err then return nil, v end
            local id = '^%d+%-%d+$'
            local function known(x) return x and x:match(id) or nil end
            return {last = known(v[1]), low = known(v[2]), top = known(v[3]), settled = tonumber(v[4] or ''), base = tonumber(v[5] or '')}
            end
            local function offset_write(key, stream, group, facts, saved, acked, smallest, largest, most)
            local p = redis.pcall('XPENDING',stream,group)
            if p.err then return -2 end
            local held, first, last, read = p[1], p[2], facts['last-delivered-id'], facts['entries-read']
            local low, top = last, saved.top or '0-0'
            if held > 0 then
            low = offset_before(first)
            if offset_above(low, last) then low = last end
            end
            local rewound = offset_above(top, last) or (smallest and saved.low and not offset_above(smallest, saved.low))
            if largest and offset_above(largest, top) then top = largest end
            if offset_above(top, last) then top = last end
            local settled, base = (saved.settled or 0) + acked, saved.base
            if rewound then base = nil end
            if not base and read then base = read - held - settled end
            local t = {'HSET',key,'last',last,'low',low,'top',top,'held',held,'settled',settled,'read',read or ''}
            if base then t[#t + 1] = 'base'; t[#t + 1] = base
            elseif saved.base then redis.pcall('HDEL',key,'base') end
            local listed
            if held > 0 and held <= most and offset_above(top, first) then
            local rows = redis.pcall('XPENDING',stream,group,'-','+',most)
            if not rows.err then
            for i = 1, #rows do rows[i] = rows[i][1] end
            listed = table.concat(rows,' ')
            t[#t + 1] = 'pending'; t[#t + 1] = listed
            end
            end
            if not listed and (rewound or not saved.low or not saved.top or offset_above(saved.top, saved.low)) then
            redis.pcall('HDEL',key,'pending')
            end
            local done = redis.pcall(unpack(t))
            if type(done) == 'table' then return -2 end
            return rewound and -1 or 0
            end
            local function offset_save(...)
            local ok, r = pcall(offset_write, ...)
            return ok and r or -2
            end
            """;
}
