package io.heatwire.operators.heatobserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.PollingOperator;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.operators.lateobserver.LateObserverSpec;
import io.heatwire.operators.world.EnvConfig;
import io.heatwire.operators.world.GoldenVectors;
import io.heatwire.operators.world.OperatorWorld;
import io.heatwire.operators.world.VectorFields;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A recorded case of the late observer, all plans published at the same time; the poller is the rule of {@link LateWait}. */
public final class LateCase {

    private static final long LONGEST_POLL_MS = 3000;
    private static final String POINT = ObservedEvent.PUBLISH_PLAN_POST;

    private final GoldenVectors.Case vector;
    private final JsonObject given;
    private final List<ObserverParams> calls;
    private final ObservedWorld observed = new ObservedWorld();
    private final List<Waiting> waiting = new ArrayList<>();

    /** A plan with a place, and how its wait ends. */
    private record Waiting(ObserverParams call, Event event, LateWait polled) {}

    /** A case of the file. */
    public LateCase(GoldenVectors.Case vector) {
        this.vector = vector;
        given = vector.given();
        calls = ObserverParams.calls(given);
    }

    void verify() {
        if (mustBeRefused()) {
            assertThatThrownBy(() -> calls.forEach(LateCase::config)).isInstanceOf(IllegalArgumentException.class);
            return;
        }
        VectorFields.commands(given.get("pre_commands")).forEach(observed::command);
        PollingOperator operator =
                (PollingOperator) LateObserverSpec.SPEC.factory().apply(config(calls.get(0)));
        calls.forEach(call -> publish(operator, call));
        inOrderOfTheirEnds().forEach(plan -> end(operator, plan));
        verify(observed.world);
        if (!departs()) {
            verifyTimes();
        }
    }

    private void verify(OperatorWorld happened) {
        observed.verifyByRule(happened);
        if (!departs()) {
            observed.verifyAgainstRecord(happened, vector.expect());
        }
    }

    /** Plays the case to a running observer: the clock jumps from the end of one wait to the end of the next. */
    public void verify(ObserverStage.Late stage) {
        VectorFields.commands(given.get("pre_commands")).forEach(command -> {
            observed.command(command);
            stage.command(command);
        });
        boolean heat = given.get("by_plan").isJsonObject();
        if (heat && appearsMs() <= 0) {
            stage.hash(ObservedWorld.BY_PLAN + calls.get(0).planId(), given.getAsJsonObject("by_plan"));
        }
        PollingOperator operator =
                (PollingOperator) LateObserverSpec.SPEC.factory().apply(config(calls.get(0)));
        calls.forEach(call -> publish(operator, call));
        stage.observe(settings(), calls.stream().map(ObserverParams::json).toList());
        int settled = calls.size() - waiting.size();
        for (List<Waiting> together : byTheirEnds().values()) {
            together.forEach(plan -> end(operator, plan));
            pass(stage, operator.schedule(), together);
            settled += together.size();
            stage.settles(settled);
        }
        verify(withoutHaste(stage.world(), operator.schedule()));
    }

    private List<Waiting> inOrderOfTheirEnds() {
        return waiting.stream()
                .sorted(Comparator.comparingLong(plan -> plan.polled().endMs()))
                .toList();
    }

    private Map<Long, List<Waiting>> byTheirEnds() {
        return waiting.stream()
                .collect(Collectors.groupingBy(plan -> plan.polled().endMs(), TreeMap::new, Collectors.toList()));
    }

    private void pass(ObserverStage.Late stage, PollingOperator.Schedule schedule, List<Waiting> together) {
        LateWait wait = together.get(0).polled();
        boolean appears = appearsMs() > 0
                && together.stream().anyMatch(plan -> plan.polled().end() == PollingOperator.End.FOUND);
        if (appears && isLastLook(schedule, wait)) {
            // The look at the deadline is the last: the key must be there before the clock is.
            stage.age(schedule.maxWaitMs() - 1);
            stage.hash(ObservedWorld.BY_PLAN + ObserverParams.DEFAULT_PLAN, given.getAsJsonObject("by_plan"));
        }
        stage.age(wait.endMs());
        if (appears && !isLastLook(schedule, wait)) {
            stage.hash(ObservedWorld.BY_PLAN + ObserverParams.DEFAULT_PLAN, given.getAsJsonObject("by_plan"));
        }
    }

    private static boolean isLastLook(PollingOperator.Schedule schedule, LateWait wait) {
        return wait.endMs() >= schedule.maxWaitMs();
    }

    /** A look between the key and the clock at the deadline sees the key a second early by the clock; that is the test's doing. */
    private OperatorWorld withoutHaste(OperatorWorld happened, PollingOperator.Schedule schedule) {
        String early = Long.toString((vector.nowMs() + schedule.maxWaitMs() - 1) / 1000);
        happened.streams.computeIfPresent(
                "observed",
                (port, events) -> events.stream()
                        .map(event -> {
                            Map<String, String> fields = event.fields();
                            long endMs =
                                    vector.nowMs() + waiting.get(0).polled().endMs();
                            if (isLastLook(schedule, waiting.get(0).polled())
                                    && fields.get("ts_epoch").equals(early)) {
                                fields.put("ts_epoch", Long.toString(endMs / 1000));
                            }
                            return Event.of(event.id(), fields);
                        })
                        .toList());
        return happened;
    }

    /** Whether a setting of the case must be refused at start. */
    public boolean mustBeRefused() {
        return calls.stream().anyMatch(ObserverParams::mustBeRefused);
    }

    /**
     * Whether a running observer can be brought to what the case says: no injected faults, no key that lives between two looks,
     * and no look that takes its time, since only the clock jumps.
     */
    public boolean isExpressible() {
        JsonElement poll = given.getAsJsonObject("params").get("poll_ms");
        return !given.has("faults")
                && !given.has("by_plan_deleted_at_ms")
                && (poll == null || poll.getAsLong() <= LONGEST_POLL_MS);
    }

    /** Environment variables by name. */
    public Map<String, String> settings() {
        return calls.get(0).env();
    }

    private long appearsMs() {
        return given.has("by_plan_appears_at_ms")
                ? given.get("by_plan_appears_at_ms").getAsLong()
                : 0;
    }

    private void publish(PollingOperator operator, ObserverParams call) {
        Event event = Event.of(new EntryId(vector.nowMs(), waiting.size() + 1L), call.entry());
        if (observed.world.values.containsKey(operator.decidedBefore(event).key())) {
            observed.world.apply(operator.duplicate(event));
        } else if (waiting.size() >= operator.schedule().maxInflight()) {
            observed.world.apply(operator.dropped(event));
            observed.expectDropped();
        } else {
            waiting.add(new Waiting(
                    call,
                    event,
                    LateWait.of(
                            operator.schedule(), given, operator.awaited(event).key())));
        }
    }

    private void end(PollingOperator operator, Waiting plan) {
        long atMs = vector.nowMs() + plan.polled().endMs();
        Answer answer = plan.polled().answer();
        if (plan.call().enabled() && observed.isFirst(POINT, plan.call().planId())) {
            boolean found = answer instanceof Answer.Fields;
            observed.expect(
                    new ExpectedObservation(
                            plan.call().planId(),
                            plan.call().symbol(),
                            plan.call().obsPoint(POINT),
                            plan.call().decision(),
                            found ? ((Answer.Fields) answer).fields() : Map.of(),
                            reason(answer),
                            answer instanceof Answer.Failed failed ? failed.detail() : "",
                            atMs,
                            plan.call().debugLimit()),
                    plan.call().dedupeTtlMs());
        }
        observed.world.apply(operator.decide(plan.event(), plan.polled().end(), answer, atMs));
    }

    private static String reason(Answer answer) {
        if (answer instanceof Answer.Failed failed) {
            return failed.failure() == Answer.Failure.REDIS_ERROR ? "redis_error" : "parse_error";
        }
        return answer instanceof Answer.Fields ? "ok" : "timeout";
    }

    private void verifyTimes() {
        if (!waiting.isEmpty()) {
            LateWait wait = waiting.get(0).polled();
            assertThat(wait.looksMs()).isEqualTo(times("poll_at_ms"));
            assertThat(List.of(wait.endMs())).isEqualTo(times("event_at_ms"));
        }
    }

    private List<Long> times(String name) {
        JsonArray times = vector.expect().getAsJsonArray(name);
        return times.asList().stream().map(time -> time.getAsLong()).toList();
    }

    /** The rules of docs/departures/late_observer.md by which the record does not hold. */
    private boolean departs() {
        boolean queued = calls.size() > 1;
        boolean deduped = VectorFields.commands(given.get("pre_commands")).stream()
                .anyMatch(command -> command.get(1).startsWith(ObservedWorld.DEDUPE + POINT));
        boolean unusable = VectorFields.commands(given.get("pre_commands")).stream()
                        .anyMatch(command -> command.get(1).startsWith(ObservedWorld.BY_PLAN))
                || given.get("by_plan").isJsonObject() && !VectorFields.areText(given.getAsJsonObject("by_plan"));
        boolean readInTwoSteps = given.has("by_plan_deleted_before");
        return queued || deduped || unusable || readInTwoSteps || given.has("faults");
    }

    private static OperatorConfig config(ObserverParams call) {
        return EnvConfig.of(LateObserverSpec.SPEC, call.env(), Map.of());
    }
}
