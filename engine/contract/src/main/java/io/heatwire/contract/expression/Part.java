package io.heatwire.contract.expression;

import io.heatwire.contract.event.Event;

/**
 * A part of an expression whose type is known.
 *
 * @param at where it begins in the text, from 0
 * @param end just behind it
 */
record Part(ValueType type, int at, int end, Evaluation evaluation) {

    String text(Event event) {
        return (String) evaluation.of(event);
    }

    long integer(Event event) {
        return (Long) evaluation.of(event);
    }

    double decimal(Event event) {
        return (Double) evaluation.of(event);
    }

    boolean truth(Event event) {
        return (Boolean) evaluation.of(event);
    }
}
