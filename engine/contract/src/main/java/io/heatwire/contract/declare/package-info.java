/**
 * The parts of an operator's one declaration: settings, inputs, outputs, look-ups and meters as data.
 *
 * <p>In: literals in each operator's spec. Out: everything derived from them: parsing, checks, scripts, metrics at 0 and the
 * reference pages. Thread: any; all of it is immutable.
 */
@NullMarked
package io.heatwire.contract.declare;

import org.jspecify.annotations.NullMarked;
