package io.heatwire.wiring.live;

import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The user may do all that the stages do: tried dry, so that nothing is done. */
final class RightsSuffice implements LivePart {

    private static final String OK = "OK";

    @Override
    public String name() {
        return "rights";
    }

    @Override
    public Mono<String> look(Scene scene) {
        Rights rights = Rights.of(scene.plan());
        return scene.probe()
                .ask("ACL", "WHOAMI")
                .map(String::valueOf)
                .flatMap(user -> commands(user, rights, scene)
                        .then(Mono.defer(() -> keys(user, rights, scene)))
                        .thenReturn("user " + Shown.plain(user) + ": "
                                + rights.dryCalls().size() + " commands, "
                                + rights.keys().size()
                                + " keys and templates"))
                .defaultIfEmpty("the user may not ask for its own rights");
    }

    private static Mono<Void> commands(String user, Rights rights, Scene scene) {
        return Flux.fromIterable(rights.dryCalls().entrySet())
                .concatMap(call -> refused(user, call.getValue(), scene)
                        .filter(answer -> !isAboutAKey(answer))
                        .map(answer -> call.getKey()))
                .collectList()
                .doOnNext(missing -> {
                    if (!missing.isEmpty()) {
                        commandsMissing(user, missing, scene);
                    }
                })
                .then();
    }

    private static void commandsMissing(String user, List<String> missing, Scene scene) {
        scene.notes()
                .add(
                        ProblemCode.RIGHT_MISSING,
                        Place.NONE,
                        "user " + Shown.quoted(user) + " may not give " + String.join(", ", missing)
                                + ", which the engine or its scripts do",
                        "ACL SETUSER " + Shown.plain(user) + " +" + String.join(" +", missing)
                                + " (heatwire acl prints all it needs)",
                        List.of());
    }

    private static Mono<Void> keys(String user, Rights rights, Scene scene) {
        return Flux.fromIterable(rights.keys())
                .concatMap(key -> refused(user, List.of("EVALSHA", "0", "1", key.example()), scene)
                        .filter(RightsSuffice::isAboutAKey)
                        .doOnNext(answer -> keyMissing(user, key, scene)))
                .then();
    }

    private static void keyMissing(String user, Rights.NeededKey key, Scene scene) {
        scene.notes()
                .add(
                        ProblemCode.RIGHT_MISSING,
                        place(key, scene),
                        "user " + Shown.quoted(user) + " may not read and write the key " + Shown.quoted(key.text())
                                + " of stage " + Shown.plain(key.stage()),
                        "ACL SETUSER " + Shown.plain(user) + " ~" + key.pattern(),
                        List.of());
    }

    private static Place place(Rights.NeededKey key, Scene scene) {
        Stream<Place> declared = scene.wires().resources().stream()
                .filter(resource -> resource.key().text().equals(key.text()))
                .map(Resource::key)
                .map(word -> word.place());
        Stream<Place> stage = scene.running().stream()
                .filter(each -> each.name().text().equals(key.stage()))
                .map(each -> each.name().place());
        return Stream.concat(declared, stage).findFirst().orElse(Place.NONE);
    }

    /** What the server says against it; empty when it has nothing against it, or may not be asked. */
    private static Mono<String> refused(String user, List<String> words, Scene scene) {
        List<String> args = new ArrayList<>(List.of("DRYRUN", user));
        args.addAll(words);
        return scene.probe()
                .ask("ACL", args.toArray(new String[0]))
                .map(String::valueOf)
                .filter(answer -> !answer.equals(OK));
    }

    private static boolean isAboutAKey(String answer) {
        return answer.contains(" key") || answer.contains("keys");
    }
}
