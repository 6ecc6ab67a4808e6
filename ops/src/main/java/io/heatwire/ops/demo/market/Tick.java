package io.heatwire.ops.demo.market;

import java.util.List;

/**
 * All bars that opened at the same time.
 *
 * @param tsMs Unix time of the open, in ms
 */
public record Tick(long tsMs, List<Bar> bars) {}
