/**
 * Makes a wiring from the environment files of existing services: the shipped wiring with their values in it.
 *
 * <p>In: the texts of environment files and of the shipped wiring. Out: the text of a wiring that passes its check, and a note for
 * each line that could not be used. Thread: any; nothing here holds state.
 */
@NullMarked
package io.heatwire.ops.importing;

import org.jspecify.annotations.NullMarked;
