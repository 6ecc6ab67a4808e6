package io.heatwire.operators.applyplanner;

/** What is to be done with a plan; the names are the words on the stream. */
enum PlanDecision {
    /** The steps would be executed. */
    EXECUTE,
    /** Nothing to do. */
    SKIP,
    /** Held back by a safety gate. */
    BLOCKED,
    /** The proposal asks for something that cannot be planned. */
    ERROR;

    static String[] words() {
        return new String[] {EXECUTE.name(), SKIP.name(), BLOCKED.name(), ERROR.name()};
    }
}
