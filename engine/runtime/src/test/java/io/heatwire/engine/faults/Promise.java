package io.heatwire.engine.faults;

import java.util.function.Predicate;

/**
 * What must hold at the end of a fault.
 *
 * @param ordered whether effects must come in the order of the ids
 * @param history whether Redis has kept all it acknowledged
 * @param mayBeDead which dead letter reasons are right for an entry with this number
 * @param diverted whether an effect may fail after the acknowledgement; the entry is then a dead letter with that reason
 * @param lossAllowed whether Redis itself took entries away before they were processed; each must then be counted
 * @param replays whether a person made Redis forget what was acknowledged, so that effects come again by design
 */
record Promise(
        boolean ordered,
        History history,
        Predicate<String> mayBeDead,
        boolean diverted,
        boolean lossAllowed,
        boolean replays) {

    /** What Redis did to its own past. */
    enum History {
        /** Everything acknowledged to the producer is there. */
        KEPT,
        /** It came back with less than it had acknowledged: what it came back with is what counts. */
        ROLLED_BACK
    }

    static final Promise IN_ORDER =
            new Promise(true, History.KEPT, number -> number.startsWith("poison"), false, false, false);

    Promise inAnyOrder() {
        return new Promise(false, history, mayBeDead, diverted, lossAllowed, replays);
    }

    Promise rolledBack() {
        return new Promise(ordered, History.ROLLED_BACK, mayBeDead, diverted, lossAllowed, replays);
    }

    Promise withLoss() {
        return new Promise(ordered, history, mayBeDead, diverted, true, replays);
    }

    Promise withDead(Predicate<String> numbers) {
        return new Promise(ordered, history, numbers, diverted, lossAllowed, replays);
    }

    Promise withDiverted() {
        return new Promise(ordered, history, number -> true, true, lossAllowed, replays);
    }

    Promise withReplays() {
        return new Promise(false, history, mayBeDead, diverted, lossAllowed, true);
    }
}
