package io.heatwire.operators;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.applyplanner.ApplyPlannerSpec;
import io.heatwire.operators.dedupe.DedupeSpec;
import io.heatwire.operators.filter.FilterSpec;
import io.heatwire.operators.heatbridge.HeatBridgeSpec;
import io.heatwire.operators.heatgate.HeatGateSpec;
import io.heatwire.operators.heatobserver.HeatObserverSpec;
import io.heatwire.operators.lateobserver.LateObserverSpec;
import io.heatwire.operators.lookupjoin.LookUpJoinSpec;
import io.heatwire.operators.lookupwrite.LookUpWriteSpec;
import io.heatwire.operators.map.FieldMapSpec;
import io.heatwire.operators.portfolioheatgate.PortfolioHeatGateSpec;
import io.heatwire.operators.route.RouteSpec;
import io.heatwire.operators.windowcount.WindowCountSpec;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Every operator that ships with Heatwire, listed by hand: what is not in this list does not exist. */
public final class OperatorCatalog {

    private static final List<OperatorSpec> HEAT_CHAIN = List.of(
            ApplyPlannerSpec.SPEC,
            HeatGateSpec.SPEC,
            HeatBridgeSpec.SPEC,
            PortfolioHeatGateSpec.SPEC,
            HeatObserverSpec.SPEC,
            LateObserverSpec.SPEC);

    private static final List<OperatorSpec> GENERIC = List.of(
            FilterSpec.SPEC,
            FieldMapSpec.SPEC,
            RouteSpec.SPEC,
            DedupeSpec.SPEC,
            LookUpWriteSpec.SPEC,
            LookUpJoinSpec.SPEC,
            WindowCountSpec.SPEC);

    private static final List<OperatorSpec> ALL =
            Stream.concat(HEAT_CHAIN.stream(), GENERIC.stream()).toList();

    private OperatorCatalog() {}

    /** All operators. */
    public static List<OperatorSpec> all() {
        return ALL;
    }

    /** Those of the heat chain, which the shipped wiring runs. */
    public static List<OperatorSpec> heatChain() {
        return HEAT_CHAIN;
    }

    /** The operator of this name, as the wiring writes it. */
    public static Optional<OperatorSpec> byName(String name) {
        return ALL.stream().filter(spec -> spec.name().equals(name)).findFirst();
    }
}
