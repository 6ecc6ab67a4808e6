package io.heatwire.wiring.live;

import io.heatwire.engine.link.ControlLink;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.wiring.check.Wires;
import io.heatwire.wiring.graph.Graph;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.Problem;
import io.heatwire.wiring.problem.ProblemCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Holds a wiring against the Redis it is to run on. Reads only. */
public final class LiveCheck {

    private static final List<LivePart> PARTS = List.of(
            new TypesAgree(),
            new StreamsAreAlive(),
            new GroupsAreOurs(),
            new FieldsArrive(),
            new LookUpsHold(),
            new ServerIsFit(),
            new RightsSuffice());

    private final Wires wires;
    private final List<StageWire> running;
    private final EnginePlan plan;

    private LiveCheck(Wires wires, List<StageWire> running, EnginePlan plan) {
        this.wires = wires;
        this.running = List.copyOf(running);
        this.plan = plan;
    }

    /**
     * The check of a graph without problems.
     *
     * @param running the stages that are to run
     * @param plan what was made of them
     */
    public static LiveCheck of(Graph graph, List<StageWire> running, EnginePlan plan) {
        return new LiveCheck(Wires.of(graph), running, plan);
    }

    /**
     * Looks once.
     *
     * @param atMost when the time is over, what was found so far is the answer, and a finding says so
     * @return what was found; fails with {@link io.heatwire.engine.link.LinkException} when the connection is lost
     */
    public Mono<LiveReport> run(ControlLink link, Duration atMost) {
        return run(link, atMost, PARTS);
    }

    /** Looks with all parts but one, or with all when there is none of this name: for a test that takes each out in turn. */
    Mono<LiveReport> without(String out, ControlLink link, Duration atMost) {
        return run(
                link,
                atMost,
                PARTS.stream().filter(part -> !part.name().equals(out)).toList());
    }

    /** The names of all parts. */
    static List<String> parts() {
        return PARTS.stream().map(LivePart::name).toList();
    }

    private Mono<LiveReport> run(ControlLink link, Duration atMost, List<LivePart> parts) {
        return Mono.defer(() -> {
            Scene scene = new Scene(wires, running, plan, new Probe(link), new World(), new Notes());
            List<LiveReport.Part> lines = new CopyOnWriteArrayList<>();
            lines.add(new LiveReport.Part("graph", "ok", says()));
            return scene.world()
                    .survey(scene)
                    .thenMany(Flux.fromIterable(parts).concatMap(part -> look(part, scene, lines)))
                    .then()
                    .timeout(atMost)
                    .onErrorResume(TimeoutException.class, late -> outOfTime(scene, lines, atMost))
                    .then(Mono.fromSupplier(() -> report(scene, lines)));
        });
    }

    private String says() {
        return running.size() + " stages, " + wires.graph().streams().size() + " streams, "
                + wires.graph().keys().size() + " keys";
    }

    private static Mono<Void> look(LivePart part, Scene scene, List<LiveReport.Part> lines) {
        return Mono.defer(() -> {
            int before = scene.notes().size();
            Set<String> withheld = scene.probe().withheld();
            return part.look(scene)
                    .doOnNext(says -> lines.add(new LiveReport.Part(
                            part.name(),
                            level(
                                    scene.notes().since(before),
                                    scene.probe().withheld().size() > withheld.size()),
                            says)))
                    .then();
        });
    }

    private static String level(List<Problem> found, boolean isPartial) {
        if (found.stream().anyMatch(problem -> !problem.code().isWarning())) {
            return "error";
        }
        return !found.isEmpty() ? "warning" : isPartial ? "unknown" : "ok";
    }

    private static Mono<Void> outOfTime(Scene scene, List<LiveReport.Part> lines, Duration atMost) {
        return Mono.fromRunnable(() -> {
            List<String> missing = new ArrayList<>();
            for (LivePart part : PARTS) {
                if (lines.stream().noneMatch(line -> line.name().equals(part.name()))) {
                    missing.add(part.name());
                    lines.add(new LiveReport.Part(part.name(), "unknown", "no time was left"));
                }
            }
            scene.notes()
                    .add(
                            ProblemCode.NOT_LOOKED_AT,
                            Place.NONE,
                            "the time for the check (" + Ages.shown(atMost.toMillis()) + ") was over before "
                                    + String.join(", ", missing),
                            "give it more time: --timeout",
                            List.of());
        });
    }

    private static LiveReport report(Scene scene, List<LiveReport.Part> lines) {
        Set<String> withheld = scene.probe().withheld();
        if (!withheld.isEmpty()) {
            List<String> commands = withheld.stream().sorted().toList();
            scene.notes()
                    .add(
                            ProblemCode.NOT_LOOKED_AT,
                            Place.NONE,
                            "the user may not give " + String.join(", ", commands)
                                    + ": what they would have shown was not looked at",
                            "heatwire acl prints all rights; these are +" + String.join(" +", commands),
                            List.of());
        }
        return new LiveReport(scene.notes().all(), scene.notes().refusing(), List.copyOf(lines));
    }
}
