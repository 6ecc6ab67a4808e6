/**
 * The route: sends each event to the stream of the first rule that matches.
 *
 * <p>In: any events. Out: the same entries, each to one stream or to none. Thread: any.
 */
@NullMarked
package io.heatwire.operators.route;

import org.jspecify.annotations.NullMarked;
