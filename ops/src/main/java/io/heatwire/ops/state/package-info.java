/**
 * What a running engine leaves for commands on the same machine: who it is, what it runs, and how the last reload ended.
 *
 * <p>In: the plan and the outcomes of the running process. Out: one small file without secrets, readable by its owner alone.
 * Thread: one writer; files are replaced as a whole, so a reader never sees half of one.
 */
@NullMarked
package io.heatwire.ops.state;

import org.jspecify.annotations.NullMarked;
