/**
 * What only the running Redis shows: whether the keys, streams, groups, fields, rights and the server itself are as the wiring says.
 *
 * <p>In: the checked wiring and a connection. Out: findings as those of a file, with a line for each part. Reads only, a bounded
 * number of times. Thread: the connection's; one command at a time.
 */
@NullMarked
package io.heatwire.wiring.live;

import org.jspecify.annotations.NullMarked;
