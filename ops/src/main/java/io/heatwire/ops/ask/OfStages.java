package io.heatwire.ops.ask;

/** What an engine says of its stages. */
public interface OfStages {

    /** Whether it speaks of the stage of this name. */
    boolean speaksOf(String stage);
}
