package io.heatwire.engine.dead;

import io.heatwire.contract.event.EntryId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One dead letter.
 *
 * @param id its own id, which tells when it was written
 * @param fields the fields of the entry as its producer wrote them, in order; none when the entry had left its stream
 * @param stamp what the stage wrote behind them; null for an entry that no stage wrote, or that cannot be unpacked
 */
public record DeadLetter(
        EntryId id, List<Field> fields, @Nullable Stamp stamp) {

    /**
     * A field, byte for byte.
     *
     * @param name perhaps not UTF-8
     * @param value perhaps not UTF-8
     */
    @SuppressWarnings(
            "ArrayRecordComponent") // nobody compares fields, and a copy of each value would double a large letter
    public record Field(byte[] name, byte[] value) {}

    /**
     * What the stage says of the entry, as it stands there: the stream may hold anything.
     *
     * @param reason a word, with detail behind a colon
     * @param sourceId the id the entry had in the input stream
     * @param deliveries how often it had been delivered
     * @param stage the stage that refused it
     */
    @SuppressWarnings("ArrayRecordComponent") // as above
    public record Stamp(byte[] reason, byte[] sourceId, byte[] deliveries, byte[] stage) {}
}
