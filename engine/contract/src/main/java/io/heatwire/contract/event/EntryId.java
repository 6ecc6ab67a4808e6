package io.heatwire.contract.event;

/**
 * The id of a stream entry: the milliseconds Redis stamped on it, and a sequence within that millisecond.
 *
 * @param ms Unix time of the append, in ms, by the clock of Redis
 * @param seq sequence number within the millisecond
 */
public record EntryId(long ms, long seq) implements Comparable<EntryId> {

    /** The smallest id: every entry comes after it. */
    public static final EntryId ZERO = new EntryId(0, 0);

    /**
     * Reads the text form {@code ms-seq}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    public static EntryId parse(String text) {
        int dash = text.indexOf('-');
        if (dash < 1) {
            throw new IllegalArgumentException("not an entry id: " + text);
        }
        return new EntryId(
                Long.parseUnsignedLong(text, 0, dash, 10), Long.parseUnsignedLong(text, dash + 1, text.length(), 10));
    }

    @Override
    public int compareTo(EntryId other) {
        int byMs = Long.compareUnsigned(ms, other.ms);
        return byMs != 0 ? byMs : Long.compareUnsigned(seq, other.seq);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(ms) + '-' + Long.toUnsignedString(seq);
    }
}
