package io.heatwire.ops.verify;

/** One kind of observation: where, with what result, and why. */
record Observed(String point, String found, String reason) implements Comparable<Observed> {

    @Override
    public int compareTo(Observed other) {
        return (point + " " + found + " " + reason).compareTo(other.point + " " + other.found + " " + other.reason);
    }
}
