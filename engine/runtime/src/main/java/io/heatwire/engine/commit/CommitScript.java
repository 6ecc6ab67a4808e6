package io.heatwire.engine.commit;

import io.heatwire.contract.OperatorSpec.Kind;
import io.heatwire.contract.declare.Output;
import io.heatwire.engine.offset.OffsetLua;
import io.heatwire.engine.offset.SavedOffset;
import io.heatwire.engine.plan.OnPoison;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.plan.StreamPlan.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The commit script of one stage, assembled once from its operator's declaration: field names and policies are constants of
 * the text, only values travel. The set of scripts is as large as the set of stages and never grows.
 *
 * <p>Shape of a call. KEYS: input stream (the dead-letter stream for a stage that reads none), dead-letter stream, one output
 * stream for each stream output in declared order, the saved offset for a stage that reads a stream, then the keyed outputs and
 * guards of this call. ARGV: group, number of
 * entries, number of appends for each stream output, then the entries (see {@link CommitEncoder}).
 *
 * <p>Why it is written as it is: the shebang makes Redis refuse the whole script when memory is full, before anything is
 * written; types, numbers and caps are checked before the first acknowledgement, since nothing rolls back; replies are integers, as an
 * error nested in a reply fails the whole command on the client.
 */
public final class CommitScript {

    /** Bits of the reply above the code; also how many groups an outcome may have. */
    public static final int MAX_GROUPS = 40;

    private static final int MAX_FIELDS = 100;

    private final StagePlan stage;
    private final boolean gated;
    private final List<Output> outputs;
    private final List<Output.ToStream> streams;
    private final List<String> streamKeys;
    private final String text;

    /**
     * Assembles the script.
     *
     * @param policies by stream key; a stream without one is bounded by the dead-letter bound of the stage
     */
    public CommitScript(StagePlan stage, boolean gated, Map<String, Policy> policies) {
        this.stage = stage;
        this.gated = gated;
        this.outputs = stage.spec().outputs();
        this.streams = outputs.stream()
                .filter(Output.ToStream.class::isInstance)
                .map(Output.ToStream.class::cast)
                .toList();
        this.streamKeys = streams.stream().map(this::keyOf).toList();
        this.text = assemble(policies);
    }

    /** The text to load. */
    public String text() {
        return text;
    }

    /** Reads what the script answered. */
    public CommitReply read(long[] reply) {
        if (reply[0] <= 0) {
            return new CommitReply.Done(reply);
        }
        int index = (int) reply[1];
        if (index > streamKeys.size()) {
            return new CommitReply.BadKey(Objects.requireNonNull(offsetKey()), "hash");
        }
        String stream = index == 0 ? stage.deadStream() : streamKeys.get(index - 1);
        return reply[0] == 1 ? new CommitReply.Full(stream) : new CommitReply.BadKey(stream, "stream");
    }

    /** Where a gated stage saves the offset of its group; null for one that reads no stream. */
    @Nullable
    String offsetKey() {
        return gated && stage.source() instanceof SourcePlan.FromStream stream
                ? SavedOffset.key(stream.key(), stream.group())
                : null;
    }

    boolean gated() {
        return gated;
    }

    StagePlan stage() {
        return stage;
    }

    List<String> streamKeys() {
        return streamKeys;
    }

    /** Whether an output is counted up: then each entry also says which counters are looked at first. */
    boolean counts() {
        return outputs.stream().anyMatch(Output.ToCounters.class::isInstance);
    }

    boolean declares(Output output) {
        return outputs.contains(output);
    }

    /** Position of the output among all outputs, from 1, as the script numbers them. */
    int number(Output output) {
        int index = outputs.indexOf(output);
        if (index < 0) {
            throw new IllegalStateException("operator " + stage.spec().name() + " does not declare output " + output);
        }
        return index + 1;
    }

    /** Position of the stream output among the stream outputs, from 0. */
    int streamIndex(Output.ToStream output) {
        return streams.indexOf(output);
    }

    private String keyOf(Output.ToStream output) {
        String key = stage.streams().get(output.port());
        if (key == null) {
            throw new IllegalStateException("stage " + stage.name() + " binds no stream to port " + output.port());
        }
        return key;
    }

    private String assemble(Map<String, Policy> policies) {
        StringBuilder lua = new StringBuilder(8192).append(CommitLua.PRELUDE);
        lua.append(gated ? OffsetLua.FUNCTIONS : "");
        lua.append(gated ? CommitLua.DEAD_GATED.replace("$CONSUMER", quoted(consumer())) : CommitLua.DEAD_UNGATED)
                .append(CommitLua.DEAD_TAIL
                        .replace("$KEEP", Long.toString(stage.deadKeep()))
                        .replace("$STAGE", quoted(stage.name())));
        lua.append("local ops = {\n");
        for (Output output : outputs) {
            lua.append("function()\n").append(operation(output, policies)).append("end,\n");
        }
        lua.append("}\n").append(newestWriters());
        lua.append(checks(policies));
        lua.append(gated ? offset(CommitLua.OFFSET_FIRST) : "");
        boolean halts = stage.onPoison() == OnPoison.HALT;
        lua.append(counts() ? counters() + CommitLua.UNCOUNTABLE : "");
        lua.append(CommitLua.MAIN
                .replace("$COUNTED\n", counts() ? CommitLua.COUNTED : "")
                .replace("$GATE", gated ? CommitLua.GATE : "true")
                .replace("$WRONG", halts ? CommitLua.WRONG_HALT : CommitLua.WRONG_DEAD));
        lua.append(gated ? offset(CommitLua.OFFSET_LAST) : "");
        return lua.append(CommitLua.REPLY).toString();
    }

    /** A stage that is {@code LATE} keeps hundreds pending and guards each decision itself: their ids would cost more than all else. */
    private String offset(String lua) {
        return lua.replace("$OFFSET", Integer.toString(3 + streamKeys.size()))
                .replace("$BAD", Integer.toString(streamKeys.size() + 1))
                .replace("$MOST", stage.spec().kind() == Kind.LATE ? "0" : Integer.toString(SavedOffset.MOST_IDS));
    }

    private String consumer() {
        return stage.source() instanceof SourcePlan.FromStream stream ? stream.consumer() : "";
    }

    private String operation(Output output, Map<String, Policy> policies) {
        if (output.port().isEmpty()) {
            throw new IllegalStateException("an output of " + stage.spec().name() + " has no port");
        }
        if (output instanceof Output.ToStream stream) {
            return append(stream, policies.get(keyOf(stream)));
        }
        if (output instanceof Output.ToHash hash) {
            return hash.newestBy() == null ? putHash(hash) : offerNewest(hash);
        }
        if (output instanceof Output.ToValue value) {
            return value.follows() == null ? CommitLua.PUT_VALUE : CommitLua.FOLLOW;
        }
        return output instanceof Output.ToCounters counted ? increment(counted) : CommitLua.DELETE;
    }

    /** Counted up in the last round: like an append, it cannot be applied twice without harm. */
    private static String increment(Output.ToCounters output) {
        StringBuilder lua = new StringBuilder("local k, ttl = K[tonumber(A[p])], A[p + 1]\n");
        for (int i = 0; i < output.fields().size(); i++) {
            lua.append("append({'HINCRBY',k,")
                    .append(quoted(output.fields().get(i)))
                    .append(",A[p + ")
                    .append(2 + i)
                    .append("]})\n");
        }
        return lua.append("append(ttl ~= '0' and {'PEXPIRE',k,ttl} or {'PERSIST',k})\np = p + ")
                .append(2 + output.fields().size())
                .append('\n')
                .toString();
    }

    /** The fields of each output that is counted up, by its number. */
    private String counters() {
        StringBuilder lua = new StringBuilder("local counters = {}\n");
        for (Output output : outputs) {
            if (output instanceof Output.ToCounters counted) {
                if (counted.fields().isEmpty() || counted.fields().size() > MAX_FIELDS) {
                    throw new IllegalStateException("an output must count from 1 to " + MAX_FIELDS + " fields");
                }
                lua.append("counters[")
                        .append(number(output))
                        .append("] = {")
                        .append(counted.fields().stream()
                                .map(CommitScript::quoted)
                                .collect(Collectors.joining(",")))
                        .append("}\n");
            }
        }
        return lua.toString();
    }

    private String append(Output.ToStream output, @Nullable Policy policy) {
        String key = "K[" + (3 + streamIndex(output)) + "]";
        String trim = policy instanceof Policy.Keep keep ? "'MAXLEN','~'," + keep.entries() + "," : "";
        String entry = "local t = {'XADD'," + key + "," + trim + "'*'" + pairs(output.fields(), "p") + "}\np = p + "
                + output.fields().size() + "\n";
        return entry + (output.open() ? "more(t)\nappend(t)\n" : "append(t)\n");
    }

    private static String putHash(Output.ToHash output) {
        int size = output.fields().size();
        String head = "local k, ttl = K[tonumber(A[p])], A[p + 1]\n";
        if (!output.open()) {
            return head + "w('HSET',k" + pairs(output.fields(), "p + 3") + ")\n" + CommitLua.EXPIRE + "p = p + "
                    + (3 + size) + "\n";
        }
        return head + "local t = {'HSET',k" + pairs(output.fields(), "p + 3") + "}\np = p + " + (3 + size)
                + "\nmore(t)\nw('DEL',k)\nw(unpack(t))\n" + CommitLua.EXPIRE;
    }

    private String offerNewest(Output.ToHash output) {
        if (output.open()) {
            throw new IllegalStateException("output " + output.port() + " cannot be both open and ordered");
        }
        return "local k, ord = K[tonumber(A[p])], tonumber(A[p + 2]) or 0\nlocal c = newest[k]\n"
                + "if not c or ord >= c.ord then c = {op = " + number(output)
                + ", p = p, ord = ord, id = id, at = at, before = c}; newest[k] = c; taken = c\nelse taken = false end\np = p + "
                + (3 + output.fields().size()) + "\n";
    }

    /** At the end of the call: one write for each ordered key, if it is newer than what is stored. */
    private String newestWriters() {
        StringBuilder lua = new StringBuilder("local writers = {}\n");
        for (Output output : outputs) {
            if (output instanceof Output.ToHash hash && hash.newestBy() != null) {
                lua.append("writers[")
                        .append(number(output))
                        .append("] = function(k, c)\nlocal p, ttl = c.p, A[c.p + 1]\nlocal old = redis.pcall('HGET',k,")
                        .append(quoted(hash.newestBy()))
                        .append(
                                ")\nold = type(old) == 'string' and tonumber(old)\nif old and old > c.ord then return end\n")
                        .append("w('HSET',k")
                        .append(pairs(hash.fields(), "p + 3"))
                        .append(")\n")
                        .append(CommitLua.EXPIRE)
                        .append("if c.follow then w(unpack(c.follow)) end\nend\n");
            }
        }
        return lua.toString();
    }

    private String checks(Map<String, Policy> policies) {
        StringBuilder lua = new StringBuilder();
        lua.append("local len = length(K[2])\nif not len then return {2, 0} end\n");
        for (int i = 0; i < streamKeys.size(); i++) {
            lua.append("if A[")
                    .append(3 + i)
                    .append("] ~= '0' then\nlen = length(K[")
                    .append(3 + i);
            lua.append("])\nif not len then return {2, ").append(i + 1).append("} end\n");
            if (policies.get(streamKeys.get(i)) instanceof Policy.Cap cap) {
                lua.append("if len > 0 and len + tonumber(A[")
                        .append(3 + i)
                        .append("]) > ")
                        .append(cap.entries());
                lua.append(" then return {1, ").append(i + 1).append("} end\n");
            }
            lua.append("end\n");
        }
        return lua.append("p = ").append(3 + streamKeys.size()).append('\n').toString();
    }

    private static String pairs(List<String> fields, String from) {
        if (fields.size() > MAX_FIELDS) {
            throw new IllegalStateException("an output may declare at most " + MAX_FIELDS + " fields");
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            parts.add(quoted(fields.get(i)) + ",A[" + from + " + " + i + "]");
        }
        return parts.isEmpty() ? "" : "," + String.join(",", parts);
    }

    private static String quoted(String text) {
        return "'"
                + text.replace("\\", "\\\\")
                        .replace("'", "\\'")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r") + "'";
    }
}
