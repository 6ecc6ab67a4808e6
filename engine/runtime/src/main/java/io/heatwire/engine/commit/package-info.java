/**
 * The commit: decided outcomes become one atomic script call, in which the acknowledgement is the gate of the effects.
 *
 * <p>In: decided entries in read order. Out: a {@link io.heatwire.engine.link.ScriptCall}, and from its reply what became of
 * each entry. No connection is touched here. Thread: any.
 */
@NullMarked
package io.heatwire.engine.commit;

import org.jspecify.annotations.NullMarked;
