package io.heatwire.wiring.shape;

import io.heatwire.wiring.problem.Findings;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notes which keys the shapes know and what they ask of each: the schema is read off the readers themselves, so that it cannot
 * say anything else than they do.
 */
final class AskedKeys extends Findings {

    /**
     * A block of the file.
     *
     * @param known the keys it may have
     * @param asked what must be true of a key's value
     * @param words what a key's value may be instead
     * @param required the keys it must have
     */
    record Block(
            Set<String> known, Map<String, ValueSchema> asked, Map<String, Set<String>> words, Set<String> required) {

        /** What must be true of this key's value; anything, if nobody has said. */
        ValueSchema value(String key) {
            ValueSchema schema = asked.getOrDefault(key, ValueSchema.ANYTHING);
            return schema.or(List.copyOf(words.getOrDefault(key, Set.of())));
        }
    }

    private final Map<String, Block> blocks = new LinkedHashMap<>();

    void block(String title, Set<String> known) {
        known(title).known().addAll(known);
    }

    void asked(String title, String key, ValueSchema schema) {
        known(title).asked().put(key, schema);
    }

    void orWord(String title, String key, String word) {
        known(title).words().computeIfAbsent(key, none -> new LinkedHashSet<>()).add(word);
    }

    void required(String title, String key) {
        known(title).required().add(key);
    }

    private Block known(String title) {
        return blocks.computeIfAbsent(
                title,
                none -> new Block(
                        new LinkedHashSet<>(), new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashSet<>()));
    }

    Set<String> titles() {
        return blocks.keySet();
    }

    Optional<Block> of(String title) {
        return Optional.ofNullable(blocks.get(title));
    }
}
