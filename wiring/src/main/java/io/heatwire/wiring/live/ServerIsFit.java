package io.heatwire.wiring.live;

import io.heatwire.engine.watch.ServerVersion;
import io.heatwire.wiring.problem.Place;
import io.heatwire.wiring.problem.ProblemCode;
import java.util.List;
import reactor.core.publisher.Mono;

/** The server runs our scripts, keeps what it is given, and has room for more. */
final class ServerIsFit implements LivePart {

    private static final long PERCENT = 100;
    private static final long FULL_FROM = 80;

    @Override
    public String name() {
        return "server";
    }

    @Override
    public Mono<String> look(Scene scene) {
        return scene.probe()
                .ask("INFO")
                .map(String::valueOf)
                .map(info -> {
                    ServerVersion version = ServerVersion.read(info);
                    version(version, scene);
                    eviction(info, scene);
                    persistence(info, scene);
                    return version + memory(info, scene) + ", eviction "
                            + Replies.info(info, "maxmemory_policy").orElse("unknown");
                })
                .defaultIfEmpty("may not be asked");
    }

    private static void version(ServerVersion version, Scene scene) {
        if (!version.isSuitable()) {
            note(
                    scene,
                    ProblemCode.SERVER_TOO_OLD,
                    "the server is " + version + ", and the commit needs " + ServerVersion.OLDEST_MAJOR + ".0 or newer",
                    "update the server: its scripts cannot start with a header");
        }
    }

    private static void eviction(String info, Scene scene) {
        String policy = Replies.info(info, "maxmemory_policy").orElse("");
        boolean isLimited = Replies.number(Replies.info(info, "maxmemory").orElse("0")) > 0;
        if (isLimited && !policy.isEmpty() && !policy.equals("noeviction")) {
            note(
                    scene,
                    ProblemCode.SERVER_EVICTS,
                    "the server evicts keys when its memory is full (maxmemory-policy " + policy
                            + "): streams, groups and markers could vanish with entries that nobody has read",
                    "CONFIG SET maxmemory-policy noeviction, and the same in its configuration file");
        }
    }

    private static void persistence(String info, Scene scene) {
        if (Replies.info(info, "aof_enabled").orElse("").equals("0")) {
            note(
                    scene,
                    ProblemCode.SERVER_FORGETS,
                    "the server writes no append-only file: a crash takes it back to its last snapshot, if there is one",
                    "appendonly yes and appendfsync everysec in its configuration, or live with the loss");
        }
    }

    private static String memory(String info, Scene scene) {
        long limit = Replies.number(Replies.info(info, "maxmemory").orElse("0"));
        long total = limit > 0
                ? limit
                : Replies.number(Replies.info(info, "total_system_memory").orElse("0"));
        long used = Replies.number(Replies.info(info, "used_memory").orElse("0"));
        if (total <= 0) {
            return "";
        }
        long percent = used * PERCENT / total;
        String of = limit > 0 ? "maxmemory" : "the memory of its machine";
        if (percent >= FULL_FROM) {
            note(
                    scene,
                    ProblemCode.MEMORY_SHORT,
                    "the server uses " + percent + "% of " + of + ": when it is full, every commit waits",
                    "raise maxmemory, shorten what is kept (keep, cap), or see what else fills it");
        }
        return ", " + percent + "% of " + of + " used";
    }

    private static void note(Scene scene, ProblemCode code, String what, String instead) {
        scene.notes().add(code, Place.NONE, what, instead, List.of());
    }
}
