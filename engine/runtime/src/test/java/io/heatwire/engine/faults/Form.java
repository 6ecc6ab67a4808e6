package io.heatwire.engine.faults;

/**
 * How much is done: a bounded form for CI, and the long form with more load, several seeds and every fault sabotaged too.
 *
 * @param only the one fault to run, empty for all
 */
record Form(boolean isLong, String only) {

    static Form chosen() {
        return new Form(
                "long".equals(System.getProperty("heatwire.faults")), System.getProperty("heatwire.faults.only", ""));
    }

    boolean wants(String fault) {
        return only.isEmpty() || only.equals(fault);
    }

    int seeds() {
        return isLong ? Integer.getInteger("heatwire.faults.seeds", 3) : 1;
    }

    boolean allControls() {
        return isLong;
    }

    /** How often something is repeated that CI does this many times. */
    int times(int inCi) {
        return isLong ? 3 * inCi : inCi;
    }

    Feeder.Pace pace() {
        return isLong ? new Feeder.Pace(50, 10) : new Feeder.Pace(10, 10);
    }
}
