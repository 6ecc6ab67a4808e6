package io.heatwire.engine.commit;

import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.engine.link.ScriptCall;
import io.heatwire.engine.plan.SourcePlan;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes decided entries as arguments of the commit script.
 *
 * <p>An entry is: id, position behind it, mode. Mode 0 (dead): reason, deliveries, and for a stage that reads no stream the
 * fields. Mode 1 (apply): the hash keys whose type is checked first, with a script that counts the keys
 * and numbers of the counters that are looked at first, the guard, and the groups. A guard is: position of its
 * key or 0, TTL in ms, value. A group is: position behind it, its guard, number of effects, the effects. An effect is: number
 * of its output, then what that output takes.
 */
public final class CommitEncoder {

    private static final int COMMIT_ENTRIES = 100;
    private static final int COMMIT_CALLS = 500;
    private static final long COMMIT_LENGTH = 8_000_000;
    /** Names and values behind the declared ones: a script can hand at most about 8,000 arguments to one command. */
    private static final int MAX_MORE = 7_000;

    private static final byte[] ZERO = {'0'};

    private final CommitScript script;
    private final List<byte[]> fixedKeys = new ArrayList<>();
    private final byte[] group;

    /** An encoder for this script. */
    public CommitEncoder(CommitScript script) {
        this.script = script;
        SourcePlan source = script.stage().source();
        String dead = script.stage().deadStream();
        fixedKeys.add(bytes(source instanceof SourcePlan.FromStream stream ? stream.key() : dead));
        fixedKeys.add(bytes(dead));
        script.streamKeys().forEach(key -> fixedKeys.add(bytes(key)));
        String offset = script.offsetKey();
        if (offset != null) {
            fixedKeys.add(bytes(offset));
        }
        this.group = bytes(source instanceof SourcePlan.FromStream stream ? stream.group() : "");
    }

    /**
     * Splits entries into calls that are short enough for everybody else on that Redis: at most 100 entries, about 500 commands
     * and 8 MB. An entry that is longer than that by itself goes alone.
     */
    public static List<List<Decided>> split(List<Decided> entries) {
        List<List<Decided>> chunks = new ArrayList<>();
        int from = 0;
        int calls = 0;
        long length = 0;
        for (int i = 0; i < entries.size(); i++) {
            int moreCalls = calls(entries.get(i).outcome());
            long moreLength = length(entries.get(i));
            boolean isLong = i - from == COMMIT_ENTRIES
                    || calls + moreCalls > COMMIT_CALLS
                    || length + moreLength > COMMIT_LENGTH;
            if (i > from && isLong) {
                chunks.add(entries.subList(from, i));
                from = i;
                calls = 0;
                length = 0;
            }
            calls += moreCalls;
            length += moreLength;
        }
        if (from < entries.size()) {
            chunks.add(entries.subList(from, entries.size()));
        }
        return chunks;
    }

    /** About how much text the script has in its hands for this entry: its effects, or the fields of its dead letter. */
    private static long length(Decided entry) {
        if (!(entry.outcome() instanceof Outcome.Apply apply)) {
            Event event = entry.event();
            return event == null ? 0 : event.bytes();
        }
        return apply.groups().stream()
                .flatMap(group -> group.effects().stream())
                .mapToLong(CommitEncoder::length)
                .sum();
    }

    private static long length(Effect effect) {
        if (effect instanceof Effect.Append append) {
            return length(append.values()) + length(append.more());
        }
        if (effect instanceof Effect.PutHash put) {
            return length(put.values()) + length(put.more());
        }
        return effect instanceof Effect.PutValue put ? put.value().length() : 0;
    }

    private static long length(List<String> texts) {
        long length = 0;
        for (String text : texts) {
            length += text.length();
        }
        return length;
    }

    private static int calls(Outcome outcome) {
        if (!(outcome instanceof Outcome.Apply apply)) {
            return 3;
        }
        int calls = 2;
        for (Group each : apply.groups()) {
            calls += 1 + 2 * each.effects().size();
            for (Effect effect : each.effects()) {
                calls += effect instanceof Effect.Increment increment
                        ? increment.amounts().size()
                        : 0;
            }
        }
        return calls;
    }

    /** Why this outcome can never be committed; null when it can. Asked first: a call that cannot be made would be tried for ever. */
    public @Nullable String problem(Outcome outcome) {
        if (!(outcome instanceof Outcome.Apply apply)) {
            return null;
        }
        if (apply.groups().size() > CommitScript.MAX_GROUPS) {
            return "an outcome may have at most " + CommitScript.MAX_GROUPS + " groups";
        }
        return apply.groups().stream()
                .flatMap(group -> group.effects().stream())
                .map(this::problem)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private @Nullable String problem(Effect effect) {
        if (!script.declares(effect.output())) {
            return "output " + effect.output().port() + " is not declared";
        }
        if (effect instanceof Effect.Append append) {
            return problem(append.output().open(), append.output().fields(), append.values(), append.more());
        }
        if (effect instanceof Effect.Increment increment) {
            return problem(increment);
        }
        return effect instanceof Effect.PutHash put
                ? problem(put.output().open(), put.output().fields(), put.values(), put.more())
                : null;
    }

    private static @Nullable String problem(Effect.Increment increment) {
        int declared = increment.output().fields().size();
        if (declared != increment.amounts().size()) {
            return declared + " fields are declared, " + increment.amounts().size() + " amounts were given";
        }
        return increment.amounts().stream()
                .filter(amount -> amount > Effect.LARGEST_INCREMENT || amount < -Effect.LARGEST_INCREMENT)
                .map(amount -> amount + " is too large to be added at once")
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String problem(boolean open, List<String> fields, List<String> values, List<String> more) {
        if (fields.size() != values.size()) {
            return fields.size() + " fields are declared, " + values.size() + " values were given";
        }
        if (!open && !more.isEmpty()) {
            return "further fields for an output that is not open";
        }
        if (more.size() % 2 != 0) {
            return "a further field without a value";
        }
        return more.size() > MAX_MORE ? more.size() / 2 + " further fields, " + MAX_MORE / 2 + " are possible" : null;
    }

    /** The call for these entries, which must be in the order of their ids: the script takes the last one settled for the largest. */
    public ScriptCall encode(List<Decided> entries) {
        return new Call().encode(entries);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One call under construction. */
    private final class Call {

        private final List<byte[]> keys = new ArrayList<>(fixedKeys);
        private final Map<String, byte[]> positions = new HashMap<>();
        private final List<byte[]> args = new ArrayList<>(512);
        private final int[] appends = new int[script.streamKeys().size()];

        ScriptCall encode(List<Decided> entries) {
            args.add(group);
            args.add(number(entries.size()));
            int appendsAt = args.size();
            for (int i = 0; i < appends.length; i++) {
                args.add(ZERO);
            }
            entries.forEach(this::entry);
            for (int i = 0; i < appends.length; i++) {
                args.set(appendsAt + i, number(appends[i]));
            }
            return new ScriptCall(keys, args);
        }

        private void entry(Decided entry) {
            text(entry.id().toString());
            int end = reserve();
            if (entry.outcome() instanceof Outcome.Apply apply) {
                args.add(number(1));
                apply(apply);
            } else {
                args.add(ZERO);
                dead((Outcome.Dead) entry.outcome(), entry);
            }
            fill(end);
        }

        private void dead(Outcome.Dead dead, Decided entry) {
            text(dead.reason());
            args.add(number(entry.deliveries()));
            if (!script.gated()) {
                fields(entry.event());
            }
        }

        private void fields(@Nullable Event event) {
            int size = event == null ? 0 : event.size();
            args.add(number(2L * size));
            for (int i = 0; event != null && i < size; i++) {
                text(event.name(i));
                text(event.value(i));
            }
        }

        private void apply(Outcome.Apply apply) {
            Set<String> hashes = new LinkedHashSet<>();
            for (Group each : apply.groups()) {
                for (Effect effect : each.effects()) {
                    if (effect instanceof Effect.PutHash put) {
                        hashes.add(put.key());
                    }
                }
            }
            args.add(number(hashes.size()));
            hashes.forEach(key -> args.add(position(key)));
            if (script.counts()) {
                counters(apply);
            }
            guard(apply.once());
            args.add(number(apply.groups().size()));
            apply.groups().forEach(this::group);
        }

        private void counters(Outcome.Apply apply) {
            Set<Effect.Increment> increments = new LinkedHashSet<>();
            for (Group each : apply.groups()) {
                for (Effect effect : each.effects()) {
                    if (effect instanceof Effect.Increment increment) {
                        increments.add(increment);
                    }
                }
            }
            args.add(number(increments.size()));
            for (Effect.Increment increment : increments) {
                args.add(position(increment.key()));
                args.add(number(script.number(increment.output())));
            }
        }

        private void group(Group each) {
            int end = reserve();
            guard(each.once());
            args.add(number(each.effects().size()));
            each.effects().forEach(this::effect);
            fill(end);
        }

        private void guard(@Nullable Once once) {
            if (once == null) {
                args.add(ZERO);
                return;
            }
            args.add(position(once.key()));
            args.add(number(Math.max(1, once.ttlMs())));
            text(once.value());
        }

        private void effect(Effect effect) {
            args.add(number(script.number(effect.output())));
            if (effect instanceof Effect.Append append) {
                appends[script.streamIndex(append.output())]++;
                append.values().forEach(this::text);
                more(append.output().open(), append.more());
            } else if (effect instanceof Effect.PutHash put) {
                args.add(position(put.key()));
                args.add(number(put.ttlMs()));
                args.add(number(put.order()));
                put.values().forEach(this::text);
                more(put.output().open(), put.more());
            } else if (effect instanceof Effect.PutValue put) {
                args.add(position(put.key()));
                args.add(number(put.ttlMs()));
                text(put.value());
            } else if (effect instanceof Effect.Delete delete) {
                args.add(position(delete.key()));
            } else if (effect instanceof Effect.Increment increment) {
                args.add(position(increment.key()));
                args.add(number(increment.ttlMs()));
                increment.amounts().forEach(amount -> args.add(number(amount)));
            }
        }

        private void more(boolean open, List<String> more) {
            if (open) {
                args.add(number(more.size()));
                more.forEach(this::text);
            }
        }

        private byte[] position(String key) {
            return positions.computeIfAbsent(key, absent -> {
                keys.add(bytes(key));
                return number(keys.size());
            });
        }

        private int reserve() {
            args.add(ZERO);
            return args.size() - 1;
        }

        /** Lua counts from 1, so the place behind the last argument is the size plus one. */
        private void fill(int at) {
            args.set(at, number(args.size() + 1));
        }

        private void text(String text) {
            args.add(bytes(text));
        }

        private byte[] number(long number) {
            return number == 0 ? ZERO : bytes(Long.toString(number));
        }
    }
}
