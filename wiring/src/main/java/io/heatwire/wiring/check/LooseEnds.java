package io.heatwire.wiring.check;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Wires with one end: what is read and not written, and what is written and not read. */
final class LooseEnds {

    private static final int SHORTEST_WORD = 4;

    private final Wires wires;
    private final List<Resource> unread;
    private final Map<String, Set<String>> types = new HashMap<>();
    private final Map<Resource, Set<String>> words = new HashMap<>();
    private final Map<String, Integer> uses = new HashMap<>();

    LooseEnds(Wires wires) {
        this.wires = wires;
        for (Resource resource : wires.resources()) {
            types.computeIfAbsent(resource.key().text(), none -> new HashSet<>())
                    .add(resource.type());
        }
        this.unread = wires.resources().stream()
                .filter(resource -> !wires.writers(resource).isEmpty())
                .filter(resource -> wires.readers(resource).isEmpty() && !hasTwoTypes(resource))
                .toList();
        for (Resource resource : wires.resources()) {
            words.put(resource, words(resource));
            words(resource).forEach(word -> uses.merge(word, 1, Integer::sum));
        }
    }

    /** Ends that get nothing, since nobody writes. */
    List<WireEnd> unwritten() {
        return wires.ends().stream()
                .filter(end -> end.reads() || end.use() == WireEnd.Use.DELETE)
                .filter(end -> !wires.isWritten(end.resource()) && !hasTwoTypes(end.resource()))
                .toList();
    }

    /** What stages write and no stage reads, whether or not that is meant. */
    List<Resource> unread() {
        return unread;
    }

    /**
     * What is probably the other half of an unwritten end, in another kind of key: the only two declarations that share a word of
     * their names or keys.
     */
    Optional<Resource> inAnotherKind(WireEnd unwritten) {
        Resource wanted = unwritten.resource();
        return unread.stream()
                .filter(other -> !other.type().equals(wanted.type()))
                .filter(other -> shareAWordOfTheirOwn(wanted, other))
                .findFirst();
    }

    /** Whether another declaration gives the same key another type: then that is what is wrong. */
    private boolean hasTwoTypes(Resource resource) {
        return types.getOrDefault(resource.key().text(), Set.of()).size() > 1;
    }

    private boolean shareAWordOfTheirOwn(Resource one, Resource other) {
        Set<String> others = words.getOrDefault(other, Set.of());
        return words.getOrDefault(one, Set.of()).stream()
                .anyMatch(word -> others.contains(word) && uses.getOrDefault(word, 0) == 2);
    }

    private static Set<String> words(Resource resource) {
        String texts = resource.name().text() + " "
                + String.join(" ", resource.template().parts());
        return Arrays.stream(texts.toLowerCase(Locale.ROOT).split("[^a-z0-9]+"))
                .filter(word -> word.length() >= SHORTEST_WORD)
                .collect(Collectors.toUnmodifiableSet());
    }
}
