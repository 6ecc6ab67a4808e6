package io.heatwire.wiring;

/** What a listener answers. */
public enum Serves {
    /** Prometheus text at /metrics. */
    METRICS,
    /** The state at /health. */
    HEALTH,
    /** Whether everything runs at /ready. */
    READY,
    /** The live page at /, with what it shows. */
    PAGE
}
