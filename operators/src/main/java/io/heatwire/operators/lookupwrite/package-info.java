/**
 * The lookup_write: keeps what events say in keys that others look up.
 *
 * <p>In: any events. Out: a hash or a string for each key, with a time to live. Thread: any.
 */
@NullMarked
package io.heatwire.operators.lookupwrite;

import org.jspecify.annotations.NullMarked;
