/**
 * Dead letters as a person works with them: look, put back, delete. Beside a running engine or without one.
 *
 * <p>In: the plan of a stage and a connection. Out: letters with their bytes as they are, and what became of each that was put
 * back or deleted. Thread: any; replies arrive on the client's event loop.
 */
@NullMarked
package io.heatwire.engine.dead;

import org.jspecify.annotations.NullMarked;
