package io.heatwire.engine.commit;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.EntryId;
import io.heatwire.contract.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * An entry and what is to become of it.
 *
 * @param event the entry's fields; null when they cannot be read
 */
public record Decided(EntryId id, @Nullable Event event, long deliveries, Outcome outcome) {}
