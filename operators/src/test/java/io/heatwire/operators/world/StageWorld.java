package io.heatwire.operators.world;

import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.effect.Effect;
import io.heatwire.contract.effect.Group;
import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the engine does around an operator for one entry: field aliases, required fields, keys of the wrong type, streams that
 * cannot be written. Everything else is {@link OperatorWorld}.
 */
public final class StageWorld {

    /** The keys, meters and log of this stage. */
    public final OperatorWorld world = new OperatorWorld();
    /** Output ports whose stream cannot be written: a commit to them leaves everything as it is. */
    public final Set<String> brokenStreams = new HashSet<>();

    private final OperatorSpec spec;
    private final EventOperator operator;
    private long taken;
    private int waiting;

    /** A stage that runs this operator. */
    public StageWorld(OperatorSpec spec, EventOperator operator) {
        this.spec = spec;
        this.operator = operator;
    }

    /** How many entries could not be committed and wait for better times. */
    public int waiting() {
        return waiting;
    }

    /** Takes an entry whose bytes are not UTF-8. */
    public void takeUndecodable() {
        die(null, "not_utf8");
    }

    /** Takes an entry that was appended just now. */
    public void take(Map<String, String> fields, long nowMs) {
        take(fields, nowMs, nowMs);
    }

    /** Takes an entry. */
    public void take(Map<String, String> fields, long appendedMs, long nowMs) {
        Event event = aliased(new EntryId(appendedMs, taken++), fields);
        for (FieldSpec field : spec.input()) {
            if (field.required() && !event.has(field.name())) {
                die(event, "missing_field:" + field.name());
                return;
            }
        }
        commit(event, decide(event, nowMs));
    }

    private Outcome decide(Event event, long nowMs) {
        Map<LookUp, Answer> answers = new LinkedHashMap<>();
        operator.lookUps(event).forEach(lookUp -> answers.put(lookUp, world.answer(lookUp)));
        return operator.decide(event, new Found(answers), nowMs);
    }

    private void commit(Event event, Outcome outcome) {
        if (!(outcome instanceof Outcome.Apply apply) || isDuplicate(apply)) {
            world.apply(outcome);
        } else if (effects(apply).anyMatch(this::isBroken)) {
            waiting++;
        } else if (effects(apply).anyMatch(this::hasWrongType)) {
            die(event, "wrong_type");
        } else {
            world.apply(outcome);
        }
    }

    private boolean isDuplicate(Outcome.Apply apply) {
        return apply.once() != null && world.values.containsKey(apply.once().key());
    }

    private static Stream<Effect> effects(Outcome.Apply apply) {
        return apply.groups().stream().map(Group::effects).flatMap(List::stream);
    }

    private boolean isBroken(Effect effect) {
        return brokenStreams.contains(effect.output().port());
    }

    private boolean hasWrongType(Effect effect) {
        return effect instanceof Effect.PutHash put && world.values.containsKey(put.key());
    }

    private void die(Event event, String reason) {
        world.dead.add(reason);
        operator.onDead(event, reason).forEach(world::record);
    }

    private Event aliased(EntryId id, Map<String, String> fields) {
        Map<String, String> aliases = new HashMap<>();
        spec.input().forEach(field -> field.aliases().forEach(alias -> aliases.put(alias, field.name())));
        String[] names = fields.keySet().toArray(new String[0]);
        int[] ends = new int[names.length];
        ByteArrayOutputStream values = new ByteArrayOutputStream();
        for (int i = 0; i < names.length; i++) {
            values.writeBytes(fields.get(names[i]).getBytes(StandardCharsets.UTF_8));
            ends[i] = values.size();
        }
        return Event.compact(id, names, values.toByteArray(), ends, aliases);
    }
}
