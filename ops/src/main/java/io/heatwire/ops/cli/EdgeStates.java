package io.heatwire.ops.cli;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.engine.watch.TwoLooks;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.ask.Gathered;
import io.heatwire.ops.ask.HealthAnswer;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.graph.LiveStates;
import io.heatwire.ops.graph.Picture;
import io.heatwire.ops.graph.Picture.State;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.WiringResult;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Asks for the states of the edges: the running engine, which has watched them for longer; without one, Redis. */
final class EdgeStates {

    private EdgeStates() {}

    static LiveStates of(WiringResult.Ready ready, Picture picture, DeadDesk desk, EngineListeners listeners) {
        if (!listeners.serves(Serves.HEALTH)) {
            return twoLooks(ready.plan().engine(), desk, "no listener of the wiring serves health");
        }
        Gathered<HealthAnswer> answers = listeners.healths(
                ready.plan().engine().stages().stream().map(StagePlan::name).toList());
        if (answers.isNothing()) {
            return twoLooks(ready.plan().engine(), desk, "no engine answers: " + answers.whyNothing());
        }
        LiveStates told = told(answers);
        return told.isOf(picture, ready.graph())
                ? told
                : twoLooks(ready.plan().engine(), desk, "what answers at " + pages(answers) + " runs another wiring");
    }

    private static LiveStates told(Gathered<HealthAnswer> answers) {
        Map<String, State> states = new HashMap<>();
        answers.all().stream()
                .flatMap(answer -> answer.edges().stream())
                .forEach(edge -> states.put(
                        LiveStates.ends(edge.from(), edge.to()),
                        LiveStates.state(edge.state(), edge.isWell(), edge.why())));
        String silent = answers.silent().isEmpty()
                ? ""
                : "; of " + String.join(", ", answers.silent().keySet()) + ": " + answers.whySilent();
        return new LiveStates("from the running engine at " + pages(answers) + silent, states);
    }

    private static String pages(Gathered<HealthAnswer> answers) {
        return answers.all().stream().map(answer -> answer.address().toString()).collect(Collectors.joining(", "));
    }

    private static LiveStates twoLooks(EnginePlan plan, DeadDesk desk, String why) {
        Map<String, State> states = new HashMap<>();
        desk.awaitAll(TwoLooks.at(desk.link(), plan).flatMapIterable(all -> all))
                .forEach(found -> states.put(
                        found.edge().name(),
                        LiveStates.state(
                                found.judgement().state().word(),
                                found.isWell(),
                                found.judgement().why())));
        long atMostS =
                TwoLooks.APART.plus(TwoLooks.EACH_AT_MOST.multipliedBy(2)).toSeconds();
        return new LiveStates(
                "from two looks at Redis " + TwoLooks.APART.toSeconds() + " s apart, " + atMostS
                        + " s at most in all (" + why
                        + "); starved, stalled and blocked cannot show in so short a time",
                states);
    }
}
