package io.heatwire.wiring.check;

import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.wiring.check.FieldsOf.Written;
import io.heatwire.wiring.graph.StageWire;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What outputs hold that hand on what came in. Each stream starts with no field at all, and what its writers add goes round until
 * nothing is added any more; so a loop ends, and holds just what comes into it from elsewhere. A field counts as written when any
 * entry may have it.
 */
final class CarriedFields {

    private static final Fields NONE = new Fields(Set.of(), false);
    private static final Fields UNKNOWN = new Fields(Set.of(), true);

    private final Function<Resource, List<WireEnd>> writers;
    private final Function<StageWire, Optional<Resource>> input;
    private final Map<String, Fields> outside = new HashMap<>();
    private final Map<String, Fields> bySomebody = new HashMap<>();

    private CarriedFields(
            List<Resource> resources,
            Function<Resource, List<WireEnd>> writers,
            Function<StageWire, Optional<Resource>> input) {
        this.writers = writers;
        this.input = input;
        for (Resource resource : resources) {
            if (resource.ends().isWrittenOutside()) {
                Fields said = new Fields(
                        resource.ends().fieldNames(), !resource.ends().namesFields());
                outside.merge(resource.identity(), said, Fields::and);
            }
        }
    }

    /** What may be in a stream or key, by all its writers. */
    private record Fields(Set<String> names, boolean isOpen) {

        Fields and(Fields more) {
            Set<String> both = new HashSet<>(names);
            both.addAll(more.names);
            return new Fields(both, isOpen || more.isOpen);
        }
    }

    /**
     * Follows all fields through the graph.
     *
     * @param writers who writes something
     * @param input the stream a stage takes its events from
     */
    static CarriedFields of(
            List<Resource> resources,
            Function<Resource, List<WireEnd>> writers,
            Function<StageWire, Optional<Resource>> input) {
        CarriedFields fields = new CarriedFields(resources, writers, input);
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (Resource resource : resources) {
                Fields found = fields.in(resource);
                isMore |= !found.equals(fields.bySomebody.put(resource.identity(), found));
            }
        }
        return fields;
    }

    private Fields in(Resource resource) {
        List<WireEnd> ends = writers.apply(resource);
        if (ends.isEmpty() && !outside.containsKey(resource.identity())) {
            // Another rule says that nobody writes it; all that could be said of its fields would only repeat that.
            return UNKNOWN;
        }
        Fields all = outside.getOrDefault(resource.identity(), NONE);
        for (WireEnd writer : ends) {
            all = all.and(by(writer));
        }
        return all;
    }

    private Fields by(WireEnd writer) {
        Written declared = FieldsOf.written(writer);
        Fields own = new Fields(Set.copyOf(declared.names()), false);
        if (!declared.isOpen()) {
            return own;
        }
        Optional<Carried> carried = FieldsOf.carried(writer);
        Optional<Resource> from = input.apply(writer.stage());
        return carried.isEmpty() || from.isEmpty()
                ? own.and(UNKNOWN)
                : own.and(handedOn(
                        carried.get(), bySomebody.getOrDefault(from.get().identity(), NONE)));
    }

    private static Fields handedOn(Carried carried, Fields input) {
        Set<String> names = new HashSet<>(carried.always());
        names.addAll(carried.sometimes());
        for (String name : input.names()) {
            if (!carried.dropped().contains(name)) {
                names.add(carried.renamed().getOrDefault(name, name));
            }
        }
        return new Fields(names, input.isOpen());
    }

    /** What this one writes there, as far as it is known: nothing at all comes only from what other rules find fault with. */
    Written writtenBy(WireEnd writer) {
        Fields fields = by(writer);
        boolean isOpen = FieldsOf.written(writer).isOpen()
                && (fields.isOpen() || fields.names().isEmpty());
        return new Written(fields.names().stream().sorted().toList(), isOpen);
    }
}
