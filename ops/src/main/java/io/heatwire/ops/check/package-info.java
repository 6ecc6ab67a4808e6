/**
 * The findings of a check for other programs: JSON and SARIF.
 *
 * <p>In: what came of loading a wiring. Out: text. Thread: any; nothing here holds state.
 */
@NullMarked
package io.heatwire.ops.check;

import org.jspecify.annotations.NullMarked;
