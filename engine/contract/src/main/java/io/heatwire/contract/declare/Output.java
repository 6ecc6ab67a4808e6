package io.heatwire.contract.declare;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something an operator writes. Each output is a port that the wiring binds to a stream or a key template; the field names are
 * fixed here, so that the engine can put them into the commit script once and send only values.
 */
public sealed interface Output {

    /** The name of the port in the wiring. */
    String port();

    /** One line for the reference. */
    String help();

    /**
     * Entries appended to a stream.
     *
     * @param fields field names in wire order
     * @param open whether an effect may add further fields behind them
     */
    record ToStream(String port, List<String> fields, boolean open, String help) implements Output {}

    /**
     * A hash that is written.
     *
     * @param variables the variables its key template must have
     * @param fields field names; with {@code open} an effect may add further ones, and the hash is replaced as a whole
     * @param newestBy the field that orders writes to one key: a write whose number is older than the stored one changes
     *     nothing, and only the last of a batch is written; null when every write counts
     */
    record ToHash(
            String port,
            List<String> variables,
            List<String> fields,
            boolean open,
            @Nullable String newestBy,
            String help)
            implements Output {}

    /**
     * A string value that is written.
     *
     * @param variables the variables its key template must have
     * @param follows the port of an ordered hash in the same group: the value is written exactly when that hash is; null when
     *     it stands for itself
     */
    record ToValue(
            String port, List<String> variables, @Nullable String follows, String help) implements Output {}

    /** A key that is deleted. */
    record ToNothing(String port, List<String> variables, String help) implements Output {}

    /**
     * A hash of whole numbers that are counted up, each event exactly once.
     *
     * @param variables the variables its key template must have
     * @param fields the fields that every effect counts up, by amounts in this order
     */
    record ToCounters(String port, List<String> variables, List<String> fields, String help) implements Output {}
}
