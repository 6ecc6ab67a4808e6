package io.heatwire.wiring.graph;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.engine.plan.OnPoison;
import io.heatwire.wiring.problem.Place;
import java.util.List;

/**
 * A stage whose operator is known.
 *
 * @param spec what the operator reads and writes under the settings of this stage
 * @param isOn whether it is meant to run
 * @param out stream by output port
 * @param keys key by port, for look-ups, markers and keyed outputs
 * @param early ports of look-ups at which the stage looks before the key can exist, on purpose
 * @param deadKeep about how many dead letters are kept
 * @param onPoison what becomes of an entry that can never be committed, with the place where the file says so
 */
public record StageWire(
        Word name,
        OperatorSpec spec,
        boolean isOn,
        SourceWire source,
        List<Binding> out,
        List<Binding> keys,
        List<Word> early,
        SettingsWire settings,
        long deadKeep,
        OnPoison onPoison,
        Place onPoisonPlace) {

    /** Whether settings that are not fine, and have been noted, would say which ports and fields there are. */
    public boolean isShapeUnknown() {
        return spec.footprint() != null && !settings.isComplete();
    }
}
