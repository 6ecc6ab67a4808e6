/**
 * The one way to ask running engines: through the listeners of their wiring, whichever process each stage runs in.
 *
 * <p>In: listeners, or an address. Out: metrics and health, or why there are none. Thread: the one of the command; it waits, 10 s at
 * most for all that is asked at once. An answer that is too long, or that does not end, is none.
 */
@NullMarked
package io.heatwire.ops.ask;

import org.jspecify.annotations.NullMarked;
