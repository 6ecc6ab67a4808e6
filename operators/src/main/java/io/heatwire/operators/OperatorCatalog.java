package io.heatwire.operators;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.applyplanner.ApplyPlannerSpec;
import io.heatwire.operators.heatbridge.HeatBridgeSpec;
import io.heatwire.operators.heatgate.HeatGateSpec;
import io.heatwire.operators.heatobserver.HeatObserverSpec;
import io.heatwire.operators.lateobserver.LateObserverSpec;
import io.heatwire.operators.portfolioheatgate.PortfolioHeatGateSpec;
import java.util.List;
import java.util.Optional;

/** Every operator that ships with Heatwire, listed by hand: what is not in this list does not exist. */
public final class OperatorCatalog {

    private static final List<OperatorSpec> ALL = List.of(
            ApplyPlannerSpec.SPEC,
            HeatGateSpec.SPEC,
            HeatBridgeSpec.SPEC,
            PortfolioHeatGateSpec.SPEC,
            HeatObserverSpec.SPEC,
            LateObserverSpec.SPEC);

    private OperatorCatalog() {}

    /** All operators. */
    public static List<OperatorSpec> all() {
        return ALL;
    }

    /** The operator of this name, as the wiring writes it. */
    public static Optional<OperatorSpec> byName(String name) {
        return ALL.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }
}
