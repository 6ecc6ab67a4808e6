package io.heatwire.operators.world;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Once;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A world of plain maps that does with an outcome what the engine's commit does in Redis: guards, effects in order, signals.
 * For tests of pure operators; guarantees are tested on a real Redis elsewhere.
 */
public final class OperatorWorld {

    /** Hash fields by key. */
    public final Map<String, Map<String, String>> hashes = new TreeMap<>();
    /** String values by key, markers of guards too. */
    public final Map<String, String> values = new TreeMap<>();
    /** Time to live in ms by key, as last written. */
    public final Map<String, Long> ttlMs = new TreeMap<>();
    /** Appended entries by output port, or by key for streams that are looked up; oldest first. */
    public final Map<String, List<Event>> streams = new TreeMap<>();
    /** Counters, gauges and observed values by {@code name{label="value",...}}, labels in declared order. */
    public final Map<String, Double> meters = new TreeMap<>();
    /** Log lines, level first. */
    public final List<String> log = new ArrayList<>();
    /** Reasons of dead letters. */
    public final List<String> dead = new ArrayList<>();
    /** How these meters are shown where they were read: a scrape has no label beyond its bound and tells nothing from 0. */
    public UnaryOperator<Map<String, Double>> scrape = UnaryOperator.identity();
    /** Look-ups that answer with a failure instead. */
    public final Map<String, Answer> faults = new HashMap<>();

    private long nextId = 1;

    /** An event with the next free id. */
    public Event event(Map<String, String> fields) {
        return Event.of(new EntryId(1769638200000L, nextId++), fields);
    }

    /** Looks up, decides and applies, as the engine does for one event. */
    public Outcome run(EventOperator operator, Event event, long nowMs) {
        Map<LookUp, Answer> answers = new LinkedHashMap<>();
        operator.lookUps(event).forEach(lookUp -> answers.put(lookUp, answer(lookUp)));
        Found first = new Found(Collections.unmodifiableMap(answers));
        operator.moreLookUps(event, first).forEach(lookUp -> answers.put(lookUp, answer(lookUp)));
        Outcome outcome = operator.decide(event, first, nowMs);
        apply(outcome);
        return outcome;
    }

    /** The answer of this world to a look-up. */
    public Answer answer(LookUp lookUp) {
        Answer fault = faults.get(lookUp.key());
        if (fault != null) {
            return fault;
        }
        if (lookUp instanceof LookUp.Hash hash) {
            Map<String, String> fields = hashes.get(hash.key());
            return fields == null || fields.isEmpty() ? Answer.MISSING : new Answer.Fields(Map.copyOf(fields));
        }
        if (lookUp instanceof LookUp.Value value) {
            String text = values.get(value.key());
            return text == null ? Answer.MISSING : new Answer.Text(text);
        }
        LookUp.Newest newest = (LookUp.Newest) lookUp;
        List<Event> entries = new ArrayList<>(streams.getOrDefault(newest.key(), List.of()));
        Collections.reverse(entries);
        return new Answer.Entries(entries.subList(0, Math.min(newest.count(), entries.size())), 0);
    }

    /** Applies an outcome: guards first, then effects in order, then the signals that hold. */
    public void apply(Outcome outcome) {
        if (outcome instanceof Outcome.Dead refused) {
            dead.add(refused.reason());
            refused.signals().forEach(this::record);
            return;
        }
        Outcome.Apply apply = (Outcome.Apply) outcome;
        if (!passes(apply.once())) {
            apply.ifDuplicate().forEach(this::record);
            return;
        }
        apply.groups().forEach(this::apply);
        apply.signals().forEach(this::record);
    }

    private void apply(Group group) {
        if (!passes(group.once())) {
            group.ifDuplicate().forEach(this::record);
            return;
        }
        Map<String, Boolean> written = new HashMap<>();
        group.effects().forEach(effect -> apply(effect, written));
        group.signals().forEach(this::record);
    }

    private boolean passes(Once once) {
        if (once == null) {
            return true;
        }
        if (values.containsKey(once.key()) || hashes.containsKey(once.key())) {
            return false;
        }
        values.put(once.key(), once.value());
        ttlMs.put(once.key(), once.ttlMs());
        return true;
    }

    private void apply(Effect effect, Map<String, Boolean> written) {
        if (effect instanceof Effect.Append append) {
            Map<String, String> fields = fields(append.output().fields(), append.values(), append.more());
            streams.computeIfAbsent(append.output().port(), port -> new ArrayList<>())
                    .add(event(fields));
        } else if (effect instanceof Effect.PutHash put) {
            boolean newest = isNewest(put);
            written.put(put.output().port(), newest);
            if (newest) {
                write(put);
            }
        } else if (effect instanceof Effect.PutValue put) {
            if (put.output().follows() == null
                    || written.getOrDefault(put.output().follows(), false)) {
                values.put(put.key(), put.value());
                ttlMs.put(put.key(), put.ttlMs());
            }
        } else if (effect instanceof Effect.Delete delete) {
            hashes.remove(delete.key());
            values.remove(delete.key());
        }
    }

    private boolean isNewest(Effect.PutHash put) {
        String field = put.output().newestBy();
        String stored =
                field == null ? null : hashes.getOrDefault(put.key(), Map.of()).get(field);
        return stored == null || !stored.matches("-?[0-9]+(\\.[0-9]+)?") || put.order() >= Double.parseDouble(stored);
    }

    private void write(Effect.PutHash put) {
        Map<String, String> hash = hashes.computeIfAbsent(put.key(), key -> new TreeMap<>());
        if (put.output().open()) {
            hash.clear();
        }
        hash.putAll(fields(put.output().fields(), put.values(), put.more()));
        ttlMs.put(put.key(), put.ttlMs());
    }

    private static Map<String, String> fields(List<String> names, List<String> values, List<String> more) {
        if (names.size() != values.size() || more.size() % 2 != 0) {
            throw new IllegalStateException(names.size() + " fields declared, " + values.size() + " values given");
        }
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            fields.put(names.get(i), values.get(i));
        }
        for (int i = 0; i < more.size(); i += 2) {
            fields.put(more.get(i), more.get(i + 1));
        }
        return fields;
    }

    /** Records one signal. */
    public void record(Signal signal) {
        if (signal instanceof Signal.Count count) {
            meters.merge(series(count.meter(), count.labels()), count.amount(), Double::sum);
        } else if (signal instanceof Signal.Level level) {
            meters.put(series(level.meter(), level.labels()), level.value());
        } else if (signal instanceof Signal.Observe observe) {
            meters.merge(series(observe.meter(), observe.labels()) + "_count", 1.0, Double::sum);
        } else if (signal instanceof Signal.Log line) {
            log.add(line.importance() + " " + line.text().get());
        }
    }

    private static String series(io.heatwire.contract.declare.MeterSpec meter, List<String> labels) {
        if (meter.labels().size() != labels.size()) {
            throw new IllegalStateException(meter.name() + " wants labels " + meter.labels() + ", got " + labels);
        }
        StringBuilder series = new StringBuilder();
        for (int i = 0; i < labels.size(); i++) {
            series.append(i == 0 ? "{" : ",").append(meter.labels().get(i).name());
            series.append("=\"").append(labels.get(i)).append('"');
        }
        return meter.name() + (labels.isEmpty() ? "" : series.append('}'));
    }
}
