package io.heatwire.ops.ledger;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A line of the file. */
final class LedgerLine {

    private LedgerLine() {}

    /** The entry in this line; empty when it is damaged, or was never one. */
    static Optional<LedgerEntry> entry(String line) {
        try {
            return Optional.of(LedgerEntry.of(parse(line)));
        } catch (IllegalArgumentException | YamlEngineException | StackOverflowError damaged) {
            return Optional.empty();
        }
    }

    /** JSON is YAML. What is nested without end ends this reader's stack: no entry is. */
    private static Object parse(String line) {
        Object read = new Load(LoadSettings.builder().build()).loadFromString(line);
        return read == null ? "" : read;
    }
}
