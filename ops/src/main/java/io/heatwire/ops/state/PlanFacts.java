package io.heatwire.ops.state;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.WiringPlan;
import java.lang.reflect.RecordComponent;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything a wiring says, as names with texts that can be kept and compared, without secrets. Read off the records of the plan
 * themselves: what is added to them is here by itself.
 */
public final class PlanFacts {

    private PlanFacts() {}

    /**
     * The facts, for example {@code stage.heat_gate.config.settings.t_hot} with {@code 0.7}. Passwords, tokens, keys and
     * certificates are left out.
     */
    public static SortedMap<String, String> of(WiringPlan plan) {
        SortedMap<String, String> facts = new TreeMap<>();
        EnginePlan engine = plan.engine();
        redis(engine.redis(), facts);
        facts.put("engine.drain_ms", Long.toString(engine.drainMs()));
        facts.put("engine.idle_consumer_ms", Long.toString(engine.idleConsumerMs()));
        engine.streams().forEach(stream -> put("stream." + stream.key() + ".readers", stream.readers(), facts));
        for (StagePlan stage : engine.stages()) {
            String name = "stage." + stage.name();
            put(name, stage, facts);
            bounds(name, stage, engine, facts);
        }
        int number = 1;
        for (HttpListener listener : plan.http()) {
            listener(Integer.toString(number), listener, facts);
            number++;
        }
        return facts;
    }

    private static void listener(String number, HttpListener listener, Map<String, String> facts) {
        facts.put("http." + number + ".at", listener.host() + ":" + listener.port());
        put("http." + number + ".serve", listener.serves(), facts);
        put("http." + number + ".stages", listener.stages(), facts);
        facts.put("http." + number + ".token", listener.token() == null ? "" : "asked for");
    }

    private static void redis(RedisPlan redis, Map<String, String> facts) {
        facts.put("redis.at", redis.toString());
        facts.put("redis.username", String.valueOf(redis.username()));
        facts.put("redis.tls", String.valueOf(redis.tls()));
        facts.put("redis.sentinels", String.valueOf(redis.sentinels()));
        facts.put("redis.command_timeout_ms", Long.toString(redis.commandTimeoutMs()));
    }

    private static void bounds(String name, StagePlan stage, EnginePlan engine, Map<String, String> facts) {
        Set<String> touched = new HashSet<>(stage.streams().values());
        if (stage.source() instanceof SourcePlan.FromStream source) {
            touched.add(source.key());
        }
        engine.streams().stream()
                .filter(stream -> touched.contains(stream.key()))
                .forEach(stream -> facts.put(
                        name + ".bound." + stream.key(), stream.policy().toString()));
    }

    private static void put(String name, Object value, Map<String, String> facts) {
        if (value instanceof OperatorSpec spec) {
            facts.put(name, spec.name());
        } else if (value instanceof Record fields) {
            for (RecordComponent component : value.getClass().getRecordComponents()) {
                put(name + "." + component.getName(), read(fields, component), facts);
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, each) -> put(name + "." + key, each, facts));
        } else if (value instanceof Set<?> set) {
            facts.put(name, set.stream().map(String::valueOf).sorted().toList().toString());
        } else {
            facts.put(name, String.valueOf(value));
        }
    }

    private static Object read(Record fields, RecordComponent component) {
        try {
            Object value = component.getAccessor().invoke(fields);
            return value == null ? "" : value;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a record that cannot be read: " + fields.getClass(), impossible);
        }
    }
}
