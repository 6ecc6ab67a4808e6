package io.heatwire.ops.demo.market;

import org.jspecify.annotations.Nullable;

/** One pass through a market. */
public interface Ticks extends AutoCloseable {

    /** The next tick, or null at the end. */
    @Nullable
    Tick next();

    @Override
    void close();
}
