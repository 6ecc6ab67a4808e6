/**
 * Who holds the name of a consumer: one engine of one process, told apart from its predecessor of the same place.
 *
 * <p>In: nothing but what the operating system says of processes. Out: the text that stands in the lease, and whether the one it
 * names has ended. Thread: any; asking about a process reads a small file, so never the worker of a stage.
 */
@NullMarked
package io.heatwire.engine.lease;

import org.jspecify.annotations.NullMarked;
