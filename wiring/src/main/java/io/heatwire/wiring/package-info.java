/**
 * The wiring: one YAML file that says which operators read which streams, checked as a whole before anything runs.
 *
 * <p>In: the file, the environment and the catalog of operators. Out: a plan for the engine and the http listeners, or all
 * problems at once. Thread: any; nothing here holds state.
 */
@NullMarked
package io.heatwire.wiring;

import org.jspecify.annotations.NullMarked;
