/**
 * Reads what must not stand in the wiring itself: passwords, tokens, certificates and keys in files of their own.
 *
 * <p>In: the name of a file and where it is written. Out: its content, or a problem that never shows it. Read once, when the
 * wiring is loaded. Thread: any; reading blocks.
 */
@NullMarked
package io.heatwire.wiring.credential;

import org.jspecify.annotations.NullMarked;
