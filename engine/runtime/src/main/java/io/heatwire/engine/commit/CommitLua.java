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
            local p, id, at, bad, taken, trouble = 1, nil, 0, nil, false, nil
            local newest, fine, guards, appends, appended = {}, {}, {}, {}, {}
            local function try(...)
            local r = redis.pcall(...)
            if type(r) == 'table' and r.err then return nil, r.err .. ' (' .. (...) .. ')' end
            return r
            end
            local function must(...)
            local r, why = try(...)
            if why then error({err = why}) end
            return r
            end
            local function w(...)
            local r, why = try(...)
            bad = bad or why
            return not why
            end
            local function more(t)
            local n, m = tonumber(A[p]), #t
            for i = 1, n do t[m + i] = A[p + i] end
            p = p + 1 + n
            end
            local function append(t)
            local all = appends[at] or {id = id}
            appends[at] = all
            all[#all + 1] = t
            end
            local function length(k)
            local r, why = try('XLEN',k)
            if why and not why:find('wrong kind of value',1,true) then error({err = why}) end
            return r
            end
            """;

    /**
     * The fields come from the stream itself, byte for byte; past what unpack can carry they travel as one field. The letter is
     * written before the acknowledgement: when it cannot be written, the entry is still pending. What was acknowledged and can
     * neither be applied nor buried becomes pending again.
     */
    static final String DEAD_GATED = """
            local given
            local acks = {}
            local function held()
            local r, why = try('XPENDING',K[1],A[1],id,id,1)
            if r then return #r > 0 end
            if why:find('NOGROUP',1,true) then return false end
            return nil, why
            end
            local function may_ack()
            must('XACK',K[1],A[1],'0-0')
            end
            local function ack()
            if must('XACK',K[1],A[1],id) == 0 then return false end
            acks[at] = id
            return true
            end
            local function unack()
            local r = try('XCLAIM',K[1],A[1],$CONSUMER,0,id,'FORCE','JUSTID')
            if not r or #r == 0 then return false end
            acks[at] = nil
            return true
            end
            local function fields()
            local e, why = try('XRANGE',K[1],id,id)
            if why then return nil, why end
            return e[1] and e[1][2] or {}
            end
            """;

    static final String DEAD_UNGATED = """
            local given = {}
            local function held() return true end
            local function may_ack() end
            local function ack() return true end
            local function unack() return true end
            local function fields() return given end
            """;

    /**
     * {@code bury} answers nothing, or why the letter could not be written. {@code dead} is for entries that are not acknowledged
     * yet; an acknowledgement that is forbidden raises before the letter is written, or there would be a letter for each try. Also
     * packed: an entry that brings the name of the packed field itself, so that a letter is read in one way only.
     */
    static final String DEAD_TAIL = """
            local function bury(reason, deliveries)
            local f, why = fields()
            if not f then return why end
            local t = {'XADD',K[2],'MAXLEN','~',$KEEP,'*'}
            if #f > 6000 or f[1] == 'heatwire_fields_msgpack' then t[7] = 'heatwire_fields_msgpack'; t[8] = cmsgpack.pack(f)
            else for i = 1, #f do t[6 + i] = f[i] end end
            local m = #t
            t[m + 1] = 'heatwire_reason'; t[m + 2] = reason
            t[m + 3] = 'heatwire_source_id'; t[m + 4] = id
            t[m + 5] = 'heatwire_deliveries'; t[m + 6] = deliveries
            t[m + 7] = 'heatwire_stage'; t[m + 8] = $STAGE
            local _, failed = try(unpack(t))
            return failed
            end
            local function dead(reason, deliveries, code)
            local is, why = held()
            if is == false then return 0 end
            if is then may_ack(); why = bury(reason, deliveries) end
            if why then trouble = 'dead letter: ' .. why; return 6 end
            ack()
            return code
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

    /**
     * Whether the fields of a hash can be counted up; what is in the way when they cannot. A number of more than 18 digits could
     * overflow, which would fail behind the acknowledgement.
     */
    static final String UNCOUNTABLE = """
            local countable = {}
            local function uncountable(k, op)
            if countable[k] == op then return nil end
            local r, why = try('HMGET',k,unpack(counters[op]))
            if why then
            if why:find('wrong kind of value',1,true) then return k end
            trouble = why
            return nil
            end
            for i, f in ipairs(counters[op]) do
            local v = r[i]
            if v and v ~= '0' and not (#v <= 18 and v:match('^%-?[1-9]%d*$')) then
            return k .. ' (field ' .. f .. ' is no whole number)'
            end
            end
            countable[k] = op
            end
            """;

    static final String COUNTED = """
            local m = tonumber(A[p])
            for i = p + 1, p + 2 * m, 2 do
            found = found or uncountable(K[tonumber(A[i])], tonumber(A[i + 1]))
            end
            p = p + 1 + 2 * m
            """;

    static final String GATE = "ack()";

    static final String WRONG_DEAD = "return dead('wrong_type:' .. key, '1', 4)";

    /** Nothing behind it is touched, so that the order is kept. */
    static final String WRONG_HALT = "if held() ~= false then trouble = 'wrong_type:' .. key; return 6 end return 0";

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
            local acked, smallest, largest = 0, nil, nil
            for e = 2, #reply do
            local each = acks[e]
            if each then acked, smallest, largest = acked + 1, smallest or each, each end
            end
            if group and acked > 0 then
            reply[1] = offset_save(K[$OFFSET], K[1], A[1], group, saved, acked, smallest, largest, $MOST)
            end
            """;

    /**
     * Three rounds. First the gate, the guards and all effects that may be applied twice without harm; then the newest of each
     * ordered key; last the appends and increments, which may not, up to the first that is refused: so an entry whose effects are refused can nearly always become pending again.
     * From the first entry on that can neither be applied nor buried nothing is touched, so that nothing overtakes it.
     */
    static final String MAIN = """
            local function passes()
            local k = tonumber(A[p])
            if k == 0 then p = p + 1; return true end
            local ok, why = try('SET',K[k],A[p + 2],'NX','PX',A[p + 1])
            p = p + 3
            bad = bad or why
            if ok then
            guards[at] = guards[at] or {}
            table.insert(guards[at], K[k])
            end
            return ok
            end
            local function wrong()
            local n, found = tonumber(A[p]), nil
            for i = p + 1, p + n do
            local k = K[tonumber(A[i])]
            if not fine[k] then
            local r, why = try('HLEN',k)
            if r then fine[k] = true
            elseif why:find('wrong kind of value',1,true) then found = k
            else trouble = why end
            end
            end
            p = p + 1 + n
            $COUNTED
            return found
            end
            local function divert()
            local why = bury('effect_failed:' .. bad, '1')
            if not why then return 3 end
            trouble = trouble or (bad .. '; dead letter: ' .. why)
            if appended[at] or not unack() then return 7 end
            for _, k in ipairs(guards[at] or {}) do try('SET',k,'','PX',1) end
            return 6
            end
            local function effects()
            local r = 1
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
            return r
            end
            local function apply()
            local key = wrong()
            if trouble then return 6 end
            if key then $WRONG end
            if not ($GATE) then return 0 end
            local r = passes() and effects() or 2
            return bad and divert() or r
            end
            local function decided_dead()
            local reason, deliveries = A[p], A[p + 1]
            p = p + 2
            if given then given = {}; more(given) end
            return dead(reason, deliveries, 5)
            end
            local reply = {0}
            for e = 1, tonumber(A[2]) do
            id, at, bad = A[p], e + 1, nil
            local nxt, mode = tonumber(A[p + 1]), A[p + 2]
            p = p + 3
            if trouble then reply[at] = 6
            elseif mode == '0' then reply[at] = decided_dead()
            else reply[at] = apply() end
            p = nxt
            end
            for k, c in pairs(newest) do
            while c and reply[c.at] % 8 == 6 do c = c.before end
            if c then
            id, at, bad = c.id, c.at, nil
            writers[c.op](k, c)
            if bad and reply[at] % 8 == 1 then reply[at] = divert() end
            end
            end
            for e = 2, #reply do
            local all, r = appends[e], reply[e] % 8
            if all and r ~= 6 then
            id, at, bad = all.id, e, nil
            for i = 1, #all do
            if bad then break end
            appended[at] = w(unpack(all[i])) or appended[at]
            end
            if bad and r == 1 then reply[at] = divert() end
            end
            end
            """;

    /** A reply holds nothing but integers: what the trouble is travels behind them as its bytes. */
    static final String REPLY = """
            if trouble then
            for i = 1, math.min(#trouble, 400) do reply[#reply + 1] = trouble:byte(i) end
            end
            return reply
            """;
}
