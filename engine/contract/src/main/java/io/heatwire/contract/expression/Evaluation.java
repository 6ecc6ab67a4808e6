package io.heatwire.contract.expression;

import io.heatwire.contract.event.Event;

/** Gives the value of a part of an expression: a String, Long, Double or Boolean, as its type says. */
interface Evaluation {

    /** Throws {@link EvaluationException} when there is none. */
    Object of(Event event);
}
