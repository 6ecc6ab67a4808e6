package io.heatwire.engine.edge;

/**
 * How much goes over an edge, as Redis said it at the last look.
 *
 * @param entries how many entries its stream ever took; -1 when nobody knows, and for keys
 * @param unread how many of them its reader was not yet given; -1 when nobody knows, and when it has no reader
 * @param pending how many its reader was given that are not settled; -1 likewise
 */
public record EdgeLoad(long entries, long unread, long pending) {

    /** Nobody knows. */
    public static final EdgeLoad UNKNOWN = new EdgeLoad(-1, -1, -1);
}
