/**
 * The entries of a stream as operators see them: an id and fields in wire order, immutable and compact.
 *
 * <p>In: bytes from the decoder of the engine, or plain strings in tests. Out: text by field name. Thread: any.
 */
@NullMarked
package io.heatwire.contract.event;

import org.jspecify.annotations.NullMarked;
