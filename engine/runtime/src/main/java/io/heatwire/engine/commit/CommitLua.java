package io.heatwire.engine.commit;

/**
 * The fixed parts of the commit script. What they share: {@code K} and {@code A} are the keys and arguments, {@code p} the place
 * in the arguments, {@code id} the entry at hand, {@code bad} the first error of its effects. A script of a gated stage begins with
 * {@link io.heatwire.engine.offset.OffsetLua#FUNCTIONS}.
 */
final class CommitLua {

    private CommitLua() {}

    static final String PRELUDE = """
            #!lua
            local K, A = KEYS, ARGV
            local p, id, at, bad, taken = 1, nil, 0, nil, false
            local newest, fine = {}, {}
            local function w(...)
            local r = redis.pcall(...)
            if type(r) == 'table' and r.err then bad = bad or r.err end
            end
            local function more(t)
            local n, m = tonumber(A[p]), #t
            for i = 1, n do t[m + i] = A[p + i] end
            p = p + 1 + n
            end
            """;

    /**
     * The fields come from the stream itself, byte for byte; past what unpack can carry they travel as one field. The letter is
     * written before the acknowledgement: when it cannot be written, the entry is still pending.
     */
    static final String DEAD_GATED = """
            local given
            local acked, smallest, largest = 0, nil, nil
            local function held()
            return #redis.pcall('XPENDING',K[1],A[1],id,id,1) > 0
            end
            local function ack()
            local first = redis.call('XACK',K[1],A[1],id) == 1
            if not first then return false end
            acked = acked + 1
            if not largest or offset_above(id, largest) then largest = id end
            if not smallest or offset_above(smallest, id) then smallest = id end
            return true
            end
            local function fields()
            local e = redis.call('XRANGE',K[1],id,id)
            return e[1] and e[1][2] or {}
            end
            """;

    static final String DEAD_UNGATED = """
            local given = {}
            local function held() return true end
            local function ack() end
            local function fields() return given end
            """;

    static final String DEAD_TAIL = """
            local function bury(reason, deliveries)
            local f = fields()
            local t = {'XADD',K[2],'MAXLEN','~',$KEEP,'*'}
            if #f > 6000 then t[7] = 'heatwire_fields_msgpack'; t[8] = cmsgpack.pack(f)
            else for i = 1, #f do t[6 + i] = f[i] end end
            local m = #t
            t[m + 1] = 'heatwire_reason'; t[m + 2] = reason
            t[m + 3] = 'heatwire_source_id'; t[m + 4] = id
            t[m + 5] = 'heatwire_deliveries'; t[m + 6] = deliveries
            t[m + 7] = 'heatwire_stage'; t[m + 8] = $STAGE
            redis.call(unpack(t))
            end
            """;

    static final String EXPIRE = "if ttl ~= '0' then w('PEXPIRE',k,ttl) else w('PERSIST',k) end\n";

    static final String PUT_VALUE = """
            local k, ttl = K[tonumber(A[p])], A[p + 1]
            if ttl == '0' then w('SET',k,A[p + 2]) else w('SET',k,A[p + 2],'PX',ttl) end
            p = p + 3
            """;

    static final String FOLLOW = """
            local k, ttl = K[tonumber(A[p])], A[p + 1]
            if taken then
            if ttl == '0' then taken.follow = {'SET',k,A[p + 2]} else taken.follow = {'SET',k,A[p + 2],'PX',ttl} end
            end
            p = p + 3
            """;

    static final String DELETE = "w('DEL',K[tonumber(A[p])])\np = p + 1\n";

    static final String GATE = "ack()";

    /**
     * Before the first acknowledgement: what cannot be read now could not be saved behind it, and a saved offset that lags behind
     * its group would repeat entries.
     */
    static final String OFFSET_FIRST = """
            local group, lost = offset_group(K[1], A[1])
            if lost then return lost end
            local saved, wrong_offset = offset_saved(K[$OFFSET])
            if wrong_offset then
            if wrong_offset.err:find('wrong kind of value',1,true) then return {2, $BAD} end
            return wrong_offset
            end
            """;

    static final String OFFSET_LAST = """
            if group and acked > 0 then
            reply[1] = offset_save(K[$OFFSET], K[1], A[1], group, saved, acked, smallest, largest, $MOST)
            end
            """;

    static final String MAIN = """
            local function passes()
            local k = tonumber(A[p])
            if k == 0 then p = p + 1; return true end
            local ok = redis.pcall('SET',K[k],A[p + 2],'NX','PX',A[p + 1])
            p = p + 3
            if ok and ok.err then bad = bad or ok.err; return false end
            return ok
            end
            local function wrong()
            local n, found = tonumber(A[p]), nil
            for i = p + 1, p + n do
            local k = K[tonumber(A[i])]
            if not fine[k] then
            if type(redis.pcall('HLEN',k)) == 'table' then found = k else fine[k] = true end
            end
            end
            p = p + 1 + n
            return found
            end
            local reply = {0}
            for e = 1, tonumber(A[2]) do
            id, at, bad = A[p], e + 1, nil
            local nxt, mode = tonumber(A[p + 1]), A[p + 2]
            p = p + 3
            local r = 0
            if mode == '0' then
            local reason, deliveries = A[p], A[p + 1]
            p = p + 2
            if given then given = {}; more(given) end
            if held() then bury(reason, deliveries); ack(); r = 5 end
            else
            local key = wrong()
            if key then
            if held() then bury('wrong_type:' .. key, '1'); ack(); r = 4 end
            elseif $GATE then
            if not passes() then
            r = 2
            else
            r = 1
            for g = 1, tonumber(A[p]) do
            if g == 1 then p = p + 1 end
            local past = tonumber(A[p])
            p = p + 1
            if passes() then
            local n = tonumber(A[p])
            p = p + 1
            for i = 1, n do
            local op = tonumber(A[p])
            p = p + 1
            ops[op]()
            end
            else
            r = r + 2 ^ (2 + g)
            end
            p = past
            end
            end
            if bad then bury('effect_failed:' .. bad, '1'); r = 3 end
            end
            end
            p = nxt
            reply[e + 1] = r
            end
            for k, c in pairs(newest) do
            bad = nil
            writers[c.op](k, c)
            if bad and reply[c.at] % 8 == 1 then id = c.id; bury('effect_failed:' .. bad, '1'); reply[c.at] = 3 end
            end
            """;

    static final String REPLY = "return reply\n";
}
