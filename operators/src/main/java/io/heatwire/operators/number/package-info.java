/**
 * Numbers as the streams of the heat chain write them: one text form, read and written the same way by every service.
 *
 * <p>In: field text. Out: doubles, and doubles as text, byte for byte what the other services compute. Thread: any.
 */
@NullMarked
package io.heatwire.operators.number;

import org.jspecify.annotations.NullMarked;
