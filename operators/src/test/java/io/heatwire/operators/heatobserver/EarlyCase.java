package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import io.heatwire.contract.EventOperator;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.VectorFields;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A recorded case of the observer that looks at once. */
public final class EarlyCase {

    private static final String DEFAULT_POINT = ObservedEvent.CREATE_APPLY_PLAN;

    private final GoldenVectors.Case vector;
    private final JsonObject given;
    private final List<ObserverParams> calls;
    private final ObserverFaults faults;
    private final ObservedWorld observed = new ObservedWorld();
    private int reads;

    /** A case of the file. */
    public EarlyCase(GoldenVectors.Case vector) {
        this.vector = vector;
        given = vector.given();
        calls = ObserverParams.calls(given);
        faults = new ObserverFaults(given);
    }

    void verify() {
        if (mustBeRefused()) {
            assertThatThrownBy(() -> calls.forEach(EarlyCase::config)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        if (!given.get("by_plan").isJsonNull()) {
            observed.putHeat(calls.get(0).planId(), given.getAsJsonObject("by_plan"));
        }
        VectorFields.commands(given.get("pre_commands")).forEach(observed::command);
        for (int i = 0; i < calls.size(); i++) {
            expect(calls.get(i));
            call(calls.get(i));
            commandsAfter(i + 1).forEach(observed::command);
        }
        verify(observed.world);
    }

    /** Plays the case to a running observer. */
    public void verify(ObserverStage stage) {
        if (!given.get("by_plan").isJsonNull()) {
            observed.putHeat(calls.get(0).planId(), given.getAsJsonObject("by_plan"));
            stage.hash(ObservedWorld.BY_PLAN + calls.get(0).planId(), given.getAsJsonObject("by_plan"));
        }
        VectorFields.commands(given.get("pre_commands")).forEach(command -> both(stage, command));
        for (int i = 0; i < calls.size(); i++) {
            expect(calls.get(i));
            stage.observe(settings(calls.get(i)), List.of(calls.get(i).json()));
            commandsAfter(i + 1).forEach(command -> both(stage, command));
        }
        verify(stage.world());
    }

    private void verify(OperatorWorld happened) {
        observed.verifyByRule(happened);
        assertThat(happened.dead)
                .hasSize((int) calls.stream().filter(EarlyCase::isIncomplete).count());
        if (!departs()) {
            observed.verifyAgainstRecord(happened, vector.expect());
        }
    }

    private void both(ObserverStage stage, List<String> command) {
        observed.command(command);
        stage.command(command);
    }

    /** Whether a setting of the case must be refused at start. */
    public boolean mustBeRefused() {
        return calls.stream().anyMatch(ObserverParams::mustBeRefused);
    }

    /** Whether a running observer can be brought to what the case says: no injected faults, no reason given by the caller. */
    public boolean isExpressible() {
        return !faults.any()
                && calls.stream()
                        .allMatch(call -> call.reasonOverride().isEmpty()
                                && call.namesItsPoint()
                                && (call.enabled()
                                        || !call.planId().isEmpty()
                                                && !call.symbol().isEmpty()));
    }

    /** The settings of the first call, by environment name or setting name. */
    public Map<String, String> settings() {
        return settings(calls.get(0));
    }

    private List<List<String>> commandsAfter(int call) {
        return given.has("commands_after_call")
                ? VectorFields.commands(
                        given.getAsJsonObject("commands_after_call").get(Integer.toString(call)))
                : List.of();
    }

    private void expect(ObserverParams call) {
        String point = call.obsPoint(DEFAULT_POINT);
        if (!call.enabled() || isIncomplete(call) || !observed.isFirst(point, call.planId())) {
            return;
        }
        Answer answer = answer(call, reads + 1);
        boolean found = answer instanceof Answer.Fields;
        String override = call.reasonOverride();
        String reason = answer instanceof Answer.Failed failed
                ? failed.failure() == Answer.Failure.REDIS_ERROR ? "redis_error" : "parse_error"
                : found ? "ok" : override.isEmpty() ? "missing" : override;
        observed.expect(
                new ExpectedObservation(
                        call.planId(),
                        call.symbol(),
                        point,
                        call.decision(),
                        found ? ((Answer.Fields) answer).fields() : Map.of(),
                        reason,
                        answer instanceof Answer.Failed failed ? failed.detail() : "",
                        vector.nowMs(),
                        call.debugLimit()),
                call.dedupeTtlMs());
    }

    /** The look-up and the decision; a reason given by the caller exists only where another operator shares the event. */
    private void call(ObserverParams call) {
        Event event = observed.world.event(call.entry());
        String override = call.reasonOverride();
        if (!override.isEmpty()) {
            ObservedReason reason = ObservedReason.valueOf(override.toUpperCase(Locale.ROOT));
            observed.world.apply(
                    new Observation(config(call)).outcome(event, answer(call, ++reads), reason, vector.nowMs()));
            return;
        }
        EventOperator operator = (EventOperator) HeatObserverSpec.SPEC.factory().apply(config(call));
        String key = ObservedWorld.BY_PLAN + call.planId();
        Answer before = observed.world.faults.get(key);
        if (faults.hits("hgetall", ++reads)) {
            observed.world.faults.put(key, answer(call, reads));
        }
        observed.world.run(operator, event, vector.nowMs());
        if (before == null) {
            observed.world.faults.remove(key);
        }
    }

    private Answer answer(ObserverParams call, int read) {
        return faults.hits("hgetall", read)
                ? new Answer.Failed(Answer.Failure.REDIS_ERROR, faults.error())
                : observed.world.answer(
                        new io.heatwire.contract.lookup.LookUp.Hash(ObservedWorld.BY_PLAN + call.planId()));
    }

    /** The rules of docs/departures/heat_observer.md by which the record does not hold. */
    private boolean departs() {
        boolean unusable = !observed.world.faults.isEmpty();
        boolean incomplete = calls.stream().anyMatch(EarlyCase::isIncomplete);
        boolean commitFaults = faults.any()
                && List.of("dedupe_exists", "setex", "xadd").stream()
                        .anyMatch(kind -> given.getAsJsonObject("faults").has(kind));
        boolean streamBroken = VectorFields.commands(given.get("pre_commands")).stream()
                .anyMatch(command -> command.get(1).equals("quantum:stream:apply.heat.observed"));
        return unusable || incomplete || commitFaults || streamBroken;
    }

    private static boolean isIncomplete(ObserverParams call) {
        return call.enabled() && (call.planId().isEmpty() || call.symbol().isEmpty());
    }

    private static OperatorConfig config(ObserverParams call) {
        return EnvConfig.of(HeatObserverSpec.SPEC, settings(call), Map.of());
    }

    private static Map<String, String> settings(ObserverParams call) {
        Map<String, String> env = call.env();
        env.putIfAbsent("obs_point", DEFAULT_POINT);
        return env;
    }
}
