package io.heatwire.ops.demo.market;

/** The close of one symbol's bar; the demo needs no more of it. */
public record Bar(String symbol, double close) {}
