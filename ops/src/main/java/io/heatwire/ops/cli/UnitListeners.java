package io.heatwire.ops.cli;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.StagePlan;
import io.heatwire.ops.ask.EngineListeners;
import io.heatwire.ops.importing.EnvFile;
import io.heatwire.wiring.HttpListener;
import io.heatwire.wiring.Wiring;
import io.heatwire.wiring.WiringResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The listeners of a wiring, those of units of single stages among them: such a unit reads the variables of STAGE.env beside the
 * wiring, after those that all have, so that stages that share a port in one process have one each in several.
 */
final class UnitListeners {

    private static final long LARGEST = 1_000_000;

    private UnitListeners() {}

    static EngineListeners of(
            WiringResult.Ready ready, Path wiring, Map<String, String> environment, List<OperatorSpec> catalog) {
        List<HttpListener> all = new ArrayList<>(ready.plan().listenersOfAllStages());
        for (StagePlan stage : ready.plan().engine().stages()) {
            Map<String, String> own = variables(wiring.resolveSibling(stage.name() + ".env"));
            if (!own.isEmpty()) {
                Map<String, String> both = new HashMap<>(environment);
                both.putAll(own);
                all.addAll(ofUnit(stage.name(), Wiring.load(wiring, both, catalog, Set.of(stage.name()))));
            }
        }
        return new EngineListeners(all);
    }

    /** What a listener shares with other stages it does not share in a unit of one. */
    private static List<HttpListener> ofUnit(String stage, WiringResult loaded) {
        return loaded instanceof WiringResult.Ready ready
                ? ready.plan().http().stream()
                        .map(each -> each.stages().isEmpty()
                                ? each
                                : new HttpListener(
                                        each.host(), each.port(), each.serves(), List.of(stage), each.token()))
                        .toList()
                : List.of();
    }

    /** None when there is no such file, or none that may be read. */
    private static Map<String, String> variables(Path file) {
        try {
            return Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) <= LARGEST
                    ? EnvFile.parse(file.toString(), Files.readString(file)).variables()
                    : Map.of();
        } catch (IOException unreadable) {
            return Map.of();
        }
    }
}
