/**
 * The JSON text of the streams: blanks behind commas and colons, ASCII only, names in the order they were given.
 *
 * <p>In: ordered maps of texts and numbers. Out: text that is always valid JSON. Thread: any.
 */
@NullMarked
package io.heatwire.operators.json;

import org.jspecify.annotations.NullMarked;
