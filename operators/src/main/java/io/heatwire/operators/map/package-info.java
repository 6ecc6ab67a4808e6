/**
 * The map: renames, drops and sets fields.
 *
 * <p>In: any events. Out: one entry for each. Thread: any.
 */
@NullMarked
package io.heatwire.operators.map;

import org.jspecify.annotations.NullMarked;
