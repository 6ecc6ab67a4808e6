/**
 * What the generic operators share: the fields that expressions read, the fields an entry hands on, the variables of keys.
 *
 * <p>In: settings and events. Out: parts of declarations and of effects. Thread: any.
 */
@NullMarked
package io.heatwire.operators.entry;

import org.jspecify.annotations.NullMarked;
