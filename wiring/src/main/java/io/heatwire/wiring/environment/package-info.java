/**
 * Puts the values of environment variables into the texts of the file.
 *
 * <p>In: nodes and the environment. Out: nodes at the same places with the values in them. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.environment;

import org.jspecify.annotations.NullMarked;
