/**
 * The reference pages, derived from the declarations of the operators.
 *
 * <p>In: the catalog and the meters of the engine. Out: Markdown. Thread: any.
 */
@NullMarked
package io.heatwire.wiring.reference;

import org.jspecify.annotations.NullMarked;
