/**
 * Which setting of a late observer to change to what, by what it has dropped and waited for.
 *
 * <p>In: two scrapes and the settings. Out: at most one piece of advice for each stage. Nothing is changed. Thread: any; pure but for
 * {@code Tuner}, which looks.
 */
@NullMarked
package io.heatwire.ops.tune;

import org.jspecify.annotations.NullMarked;
