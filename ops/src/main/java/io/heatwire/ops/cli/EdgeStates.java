package io.heatwire.ops.cli;

import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.watch.TwoLooks;
import io.heatwire.ops.dead.DeadDesk;
import io.heatwire.ops.graph.LiveStates;
import io.heatwire.ops.graph.Picture;
import io.heatwire.ops.graph.Picture.State;
import io.heatwire.ops.status.HealthCall;
import io.heatwire.ops.status.NoAnswerException;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.WiringResult;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Asks for the states of the edges: the running engine, which has watched them for longer; without one, Redis. */
final class EdgeStates {

    private EdgeStates() {}

    static LiveStates of(WiringResult.Ready ready, Picture picture, DeadDesk desk) {
        Optional<HttpListener> listener = HealthListener.of(ready.plan());
        if (listener.isEmpty()) {
            return twoLooks(ready.plan().engine(), desk, "no listener of the wiring serves health");
        }
        URI page = HealthListener.page(listener.get());
        try {
            LiveStates told = engine(page, new HealthCall(page, listener.get().token()));
            return told.isOf(picture, ready.graph())
                    ? told
                    : twoLooks(ready.plan().engine(), desk, "what answers at " + page + " runs another wiring");
        } catch (NoAnswerException none) {
            return twoLooks(ready.plan().engine(), desk, "no engine answers at " + page);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return new LiveStates("not asked for, the command was stopped", Map.of());
        }
    }

    private static LiveStates engine(URI page, HealthCall call) throws NoAnswerException, InterruptedException {
        Map<String, State> states = new HashMap<>();
        call.ask()
                .edges()
                .forEach(edge -> states.put(
                        LiveStates.ends(edge.from(), edge.to()),
                        LiveStates.state(edge.state(), edge.isWell(), edge.why())));
        return new LiveStates("from the running engine at " + page, states);
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
