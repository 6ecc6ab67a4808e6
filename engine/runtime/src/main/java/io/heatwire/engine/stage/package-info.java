/**
 * A stage at work: read, decide, commit, again and again, over one pair of connections after another.
 *
 * <p>In: batches from a {@link io.heatwire.engine.link.StageLink}. Out: commits through the same link, signals, the stage's
 * status. Thread: one worker for each stage decides; reads and commits come back on the client's event loops.
 */
@NullMarked
package io.heatwire.engine.stage;

import org.jspecify.annotations.NullMarked;
