package io.heatwire.ops.dashboards;

import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.engine.metrics.EngineMeters;
import io.heatwire.engine.metrics.FlowMeters;
import io.heatwire.ops.http.Refusals;
import io.heatwire.ops.service.ReloadMeters;
import java.util.List;
import java.util.stream.Stream;

/** The meters that are there whatever operators a wiring has. */
final class ProcessMeters {

    private ProcessMeters() {}

    static List<MeterSpec> all() {
        return Stream.of(EngineMeters.all(), FlowMeters.all(), ReloadMeters.all(), Refusals.meters())
                .flatMap(List::stream)
                .toList();
    }
}
