package io.heatwire.contract;

import io.heatwire.contract.effect.Signal;
import io.heatwire.contract.event.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The logic of a stage. Pure: the same event, answers and time give the same outcome; no clock, no randomness, no input or
 * output. An exception it throws sends the event to the dead-letter stream.
 */
public sealed interface Operator permits EventOperator, PollingOperator {

    /**
     * What to record when the engine itself sends an entry of this stage to the dead-letter stream.
     *
     * @param event the entry; null when its bytes are not UTF-8
     * @param reason the reason written to the dead letter
     */
    default List<Signal> onDead(@Nullable Event event, String reason) {
        return List.of();
    }

    /** What to record when the stage starts, for example the lines operators look for in the log. */
    default List<Signal> onStart() {
        return List.of();
    }
}
