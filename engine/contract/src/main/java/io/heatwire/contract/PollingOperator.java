package io.heatwire.contract;

import io.heatwire.contract.effect.Outcome;
import io.heatwire.contract.event.Event;
import io.heatwire.contract.lookup.Answer;
import io.heatwire.contract.lookup.LookUp;

/** Decides each event when a key it waits for appears, or when the wait is over. */
public non-sealed interface PollingOperator extends Operator {

    /** How long and how often to look. */
    Schedule schedule();

    /** The key to wait for. */
    LookUp.Hash awaited(Event event);

    /** The marker that says this event was decided before; looked at first, so that a repeat does not poll at all. */
    LookUp.Value decidedBefore(Event event);

    /**
     * Decides.
     *
     * @param end why the wait ended
     * @param answer what the last look found
     * @param nowMs Unix time in ms by the clock of Redis
     */
    Outcome decide(Event event, End end, Answer answer, long nowMs);

    /** The outcome for an event that found no free place: acknowledged and counted, never waited for. */
    Outcome dropped(Event event);

    /** The outcome for an event that was decided before. */
    Outcome duplicate(Event event);

    /** Why a wait ended. */
    enum End {
        /** The key is there. */
        FOUND,
        /** The deadline passed. */
        TIMEOUT,
        /** Redis failed twice while looking. */
        REDIS_ERROR
    }

    /**
     * The bounds of the wait.
     *
     * @param maxWaitMs deadline after the event's own entry id, in ms
     * @param pollMs time between looks, in ms, at least 1
     * @param maxInflight how many events may wait at once
     * @param maxLookUps how many look-up commands may be under way at once
     */
    record Schedule(long maxWaitMs, long pollMs, int maxInflight, int maxLookUps) {}
}
