/**
 * The command line: one class for each command.
 *
 * <p>In: arguments and the environment. Out: lines for people and an exit code, never a stack trace. Thread: the main thread,
 * which waits; a signal to stop arrives on another.
 */
@NullMarked
package io.heatwire.ops.cli;

import org.jspecify.annotations.NullMarked;
