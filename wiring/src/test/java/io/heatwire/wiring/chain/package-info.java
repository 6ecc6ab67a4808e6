/**
 * The shipped wiring on a real Redis: one stage at the time of a recorded case, or the whole chain in real time.
 *
 * <p>In: the file that ships, recorded cases. Out: what is in Redis and on the meters, judged by the rules of the operators' own
 * tests. Thread: the test's.
 */
package io.heatwire.wiring.chain;
