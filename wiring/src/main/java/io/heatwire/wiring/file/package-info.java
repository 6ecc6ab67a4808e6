/**
 * The file as nodes that remember their place; no meaning yet.
 *
 * <p>In: bytes nobody has checked. Out: mappings, lists and texts with line and column, or problems. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.file;

import org.jspecify.annotations.NullMarked;
