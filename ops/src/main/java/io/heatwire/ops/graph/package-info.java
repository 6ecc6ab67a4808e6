/**
 * The wiring as a picture: which stages, streams and keys there are and how they hang together.
 *
 * <p>In: a checked wiring, and what the broker says of it when it is asked. Out: text, mermaid, dot, svg. Thread: any.
 */
@NullMarked
package io.heatwire.ops.graph;

import org.jspecify.annotations.NullMarked;
