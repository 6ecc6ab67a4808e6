package io.heatwire.operators;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.operators.heatbridge.HeatBridgeSpec;
import io.heatwire.operators.heatgate.HeatGateSpec;
import java.util.List;
import java.util.Optional;

/** Every operator that ships with Heatwire, listed by hand: what is not in this list does not exist. */
public final class OperatorCatalog {

    private static final List<OperatorSpec> ALL = List.of(HeatGateSpec.SPEC, HeatBridgeSpec.SPEC);

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
