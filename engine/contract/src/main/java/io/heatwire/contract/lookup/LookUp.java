package io.heatwire.contract.lookup;

/** One read-only question to Redis. Equal look-ups of one batch are asked once. */
public sealed interface LookUp {

    /** The key that is read. */
    String key();

    /** All fields of a hash; answered by {@link Answer.Fields} or {@link Answer.Missing}. */
    record Hash(String key) implements LookUp {}

    /** A string value; answered by {@link Answer.Text} or {@link Answer.Missing}. */
    record Value(String key) implements LookUp {}

    /**
     * The newest entries of a stream, newest first; answered by {@link Answer.Entries}, empty when there is no such stream.
     *
     * @param count how many entries at most, at least 1
     */
    record Newest(String key, int count) implements LookUp {}
}
