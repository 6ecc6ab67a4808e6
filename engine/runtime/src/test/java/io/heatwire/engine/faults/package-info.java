/**
 * The fault suite: one test for each fault the field knows, on real servers, while entries keep coming. Each is judged by what
 * Redis holds at the end, and each can also be run with a part of the engine taken out, which must be noticed.
 *
 * <p>In: nothing. Out: rows of docs/reliability.md. Threads: the feeder, the wire and the judge have their own.
 */
package io.heatwire.engine.faults;
