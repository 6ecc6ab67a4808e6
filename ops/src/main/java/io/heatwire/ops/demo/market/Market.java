package io.heatwire.ops.demo.market;

import java.util.List;

/** Where prices come from. */
public interface Market {

    /** What the prices are, for people: the demo never shows simulated ones without saying so. */
    String label();

    /** All symbols, sorted. */
    List<String> symbols();

    /** The time from one bar to the next, in ms. */
    long barMs();

    /** A new pass from the first tick. */
    Ticks open();
}
