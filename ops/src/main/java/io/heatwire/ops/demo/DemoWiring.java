package io.heatwire.ops.demo;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.EnginePlan;
import io.heatwire.engine.plan.RedisPlan;
import io.heatwire.engine.plan.SourcePlan;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Serves;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringPlan;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The wiring that ships, with another Redis, free ports and a planner that keeps up with a faster market. */
final class DemoWiring {

    private static final String SHIPPED = "/heatwire.yaml";
    private static final String LOOPBACK = "127.0.0.1";
    private static final int ANY_FREE_PORT = 0;

    private DemoWiring() {}

    /**
     * The plan. Its last listener serves everything.
     *
     * @param plannerMs how often the planner reads the proposals, in ms
     */
    static WiringPlan load(List<OperatorSpec> catalog, RedisPlan redis, List<String> symbols, long plannerMs) {
        String words = String.join(",", symbols);
        // The caller's environment stays outside: it may be that of a real service.
        Map<String, String> environment = Map.of("SYMBOLS", words, "APPLY_ALLOWLIST", words);
        return moved(ready(catalog, environment), redis, plannerMs);
    }

    private static WiringPlan ready(List<OperatorSpec> catalog, Map<String, String> environment) {
        Path file = unpacked();
        try {
            WiringResult result = Wiring.load(file, environment, catalog, Set.of());
            if (result instanceof WiringResult.Ready ready) {
                return ready.plan();
            }
            throw new CannotDemoException("the shipped wiring is refused:\n" + result.render());
        } finally {
            delete(file);
        }
    }

    static WiringPlan moved(WiringPlan plan, RedisPlan redis, long plannerMs) {
        EnginePlan engine = plan.engine();
        List<StagePlan> stages =
                engine.stages().stream().map(stage -> paced(stage, plannerMs)).toList();
        Stream<HttpListener> moved = plan.http().stream()
                .map(listener -> new HttpListener(LOOPBACK, ANY_FREE_PORT, listener.serves(), listener.stages()));
        HttpListener everything = new HttpListener(LOOPBACK, ANY_FREE_PORT, EnumSet.allOf(Serves.class), List.of());
        return new WiringPlan(
                new EnginePlan(redis, engine.streams(), stages, engine.drainMs()).watchedBy(engine.watch()),
                Stream.concat(moved, Stream.of(everything)).toList(),
                plan.live(),
                plan.graph());
    }

    private static StagePlan paced(StagePlan stage, long plannerMs) {
        return stage.source() instanceof SourcePlan.OnInterval polled
                ? new StagePlan(
                        stage.name(),
                        stage.spec(),
                        stage.config(),
                        new SourcePlan.OnInterval(plannerMs, polled.field(), polled.items()),
                        stage.streams(),
                        stage.deadStream(),
                        stage.deadKeep(),
                        stage.onPoison())
                : stage;
    }

    private static Path unpacked() {
        try (InputStream shipped = DemoWiring.class.getResourceAsStream(SHIPPED)) {
            if (shipped == null) {
                throw new CannotDemoException("this build has no shipped wiring inside");
            }
            Path file = Files.createTempFile("heatwire-demo-", ".yaml");
            Files.copy(shipped, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException cannotWrite) {
            throw new CannotDemoException("cannot write a temporary file: " + cannotWrite.getMessage(), cannotWrite);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException leftBehind) {
            file.toFile().deleteOnExit();
        }
    }
}
