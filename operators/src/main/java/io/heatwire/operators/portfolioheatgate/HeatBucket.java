package io.heatwire.operators.portfolioheatgate;

/** How hot the portfolio is, as published. */
enum HeatBucket {
    COLD,
    WARM,
    HOT
}
