/**
 * Changes one value of a wiring file and leaves every other character of it alone.
 *
 * <p>In: the text, a stage, a setting, the new value. Out: the new text; a backup beside the file and the file replaced as a whole.
 * Thread: the caller's.
 */
@NullMarked
package io.heatwire.ops.edit;

import org.jspecify.annotations.NullMarked;
