/**
 * What an operator wants done: effects on Redis behind once-guards, and the signals that tell people of them.
 *
 * <p>In: values decided by an operator. Out: one immutable outcome, which the engine commits atomically together with the
 * acknowledgement. Thread: any.
 */
@NullMarked
package io.heatwire.contract.effect;

import org.jspecify.annotations.NullMarked;
