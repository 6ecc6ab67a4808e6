package io.heatwire.ops.demo.report;

/**
 * What Redis counts by itself.
 *
 * @param plans entries ever added to the plan stream
 * @param decisions entries ever added to the decision stream
 * @param calibrated entries ever added to the calibrated stream
 * @param dead entries in all dead-letter streams
 * @param pending entries delivered to a stage and not acknowledged
 */
public record Totals(long plans, long decisions, long calibrated, long dead, long pending) {}
