package io.heatwire.contract;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Found;
import io.heatwire.contract.lookup.LookUp;
import java.util.List;

/** Decides each event at once, with the answers to the look-ups it asked for. */
public non-sealed interface EventOperator extends Operator {

    /** The keys to read before {@link #decide}; all events of a batch share one round trip. */
    default List<LookUp> lookUps(Event event) {
        return List.of();
    }

    /** Further keys that are known only from the first answers; one more round trip for the batch, and the last. */
    default List<LookUp> moreLookUps(Event event, Found found) {
        return List.of();
    }

    /**
     * Decides.
     *
     * @param found answers to everything asked for
     * @param nowMs Unix time in ms by the clock of Redis
     */
    Outcome decide(Event event, Found found, long nowMs);
}
