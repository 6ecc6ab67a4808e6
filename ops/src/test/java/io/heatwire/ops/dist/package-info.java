/**
 * Tests of what is shipped: the jar and the launcher as a user starts them.
 */
package io.heatwire.ops.dist;
