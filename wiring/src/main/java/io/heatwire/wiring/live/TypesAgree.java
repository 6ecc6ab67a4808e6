package io.heatwire.wiring.live;

import io.heatwire.wiring.check.Resource;
import io.heatwire.wiring.check.WireEnd;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * Every key holds what it is declared to hold: else commits are refused, and what is looked up is never found. Of a template, a few
 * odd keys are told and keep nobody from starting: the entries they concern become dead letters.
 */
final class TypesAgree implements LivePart {

    private static final int ENDS = 4;

    @Override
    public String name() {
        return "types";
    }

    @Override
    public Mono<String> look(Scene scene) {
        return Mono.fromSupplier(() -> {
            scene.endsByResource(end -> true).forEach((resource, ends) -> check(resource, ends, scene));
            OwnKeys.of(scene.plan()).forEach((key, own) -> checkOwn(key, own, scene));
            return scene.world().keys() + " keys looked at";
        });
    }

    private static void check(Resource resource, List<WireEnd> ends, Scene scene) {
        List<String> keys = scene.world().keysOf(resource);
        String wanted = redisType(resource);
        List<String> wrong =
                keys.stream().filter(key -> differs(scene, key, wanted)).toList();
        if (wrong.isEmpty()) {
            return;
        }
        String key = wrong.get(0);
        String of = keys.size() > 1 ? " (as are " + wrong.size() + " of " + keys.size() + " that were looked at)" : "";
        List<Related> related = new ArrayList<>();
        ends.stream().limit(ENDS).forEach(end -> related.add(end.related()));
        scene.notes()
                .addOutside(
                        wrong.size() * 2 >= keys.size(),
                        ProblemCode.KEY_HOLDS_OTHER_TYPE,
                        resource.key().place(),
                        resource.title() + " is declared as a " + wanted + ", and in Redis " + Shown.quoted(key)
                                + " is a " + Shown.plain(scene.world().type(key)) + of,
                        "name another key, declare it as what it is, or delete what is there if nobody needs it",
                        related);
    }

    private static void checkOwn(String key, OwnKeys.OwnKey own, Scene scene) {
        if (differs(scene, key, own.type())) {
            Place place = scene.running().stream()
                    .filter(stage -> stage.name().text().equals(own.stage()))
                    .map(stage -> stage.name().place())
                    .findFirst()
                    .orElse(Place.NONE);
            scene.notes()
                    .add(
                            ProblemCode.KEY_HOLDS_OTHER_TYPE,
                            place,
                            "stage " + Shown.plain(own.stage()) + " keeps a " + own.type() + " of its own at "
                                    + Shown.quoted(key) + ", and in Redis that is a "
                                    + Shown.plain(scene.world().type(key)),
                            "rename what is there, or delete it if nobody needs it",
                            List.of());
        }
    }

    private static boolean differs(Scene scene, String key, String wanted) {
        String type = scene.world().type(key);
        return !type.isEmpty() && !type.equals("none") && !type.equals(wanted);
    }

    /** What Redis calls it: values and markers are strings. */
    private static String redisType(Resource resource) {
        return switch (resource.type()) {
            case "stream", "hash" -> resource.type();
            default -> "string";
        };
    }
}
