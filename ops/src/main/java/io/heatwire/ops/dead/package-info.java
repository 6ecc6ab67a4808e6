/**
 * Dead letters at the command line: the connection to work on them, which other commands look through, and how they and their
 * fates read in a terminal.
 *
 * <p>In: letters as the engine reads them, whatever bytes they hold. Out: lines that are safe to print. Thread: the main thread,
 * which waits.
 */
@NullMarked
package io.heatwire.ops.dead;

import org.jspecify.annotations.NullMarked;
