package io.heatwire.wiring.check;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.wiring.graph.Binding;
import io.heatwire.wiring.graph.SourceWire.FromStream;
import io.heatwire.wiring.graph.StageWire;
import io.heatwire.wiring.problem.Nearest;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The fields a stage reads, under all names it takes them by. */
public final class FieldNames {

    private final List<FieldSpec> fields;
    private final List<Binding> aliases;

    private FieldNames(List<FieldSpec> fields, List<Binding> aliases) {
        this.fields = fields;
        this.aliases = aliases;
    }

    /** What a stage reads from its events. */
    public static FieldNames of(StageWire stage) {
        List<Binding> aliases = stage.source() instanceof FromStream source ? source.aliases() : List.of();
        return new FieldNames(FieldsOf.input(stage), aliases);
    }

    /** The fields. */
    public List<FieldSpec> fields() {
        return fields;
    }

    /** Whether the field is found among these names. */
    public boolean isAmong(FieldSpec field, Collection<String> names) {
        return namesOf(field).anyMatch(names::contains);
    }

    /** Whether some field is required and all such are among these names. */
    public boolean hasAllRequired(Collection<String> names) {
        return fields.stream().anyMatch(FieldSpec::required)
                && fields.stream().filter(FieldSpec::required).allMatch(field -> isAmong(field, names));
    }

    /** A name much like the field's that the operator does not read as another field. */
    public Optional<String> near(FieldSpec field, Collection<String> names) {
        return near(field.name(), free(names));
    }

    /** The same for a name that this one may be short for. Only a guess: good for advice, and not for a finding. */
    Optional<String> longer(FieldSpec field, Collection<String> names) {
        return field.name().length() < SHORTEST_NEAR
                ? Optional.empty()
                : free(names).stream()
                        .filter(name -> name.startsWith(field.name()))
                        .sorted()
                        .findFirst();
    }

    private List<String> free(Collection<String> names) {
        return names.stream()
                .filter(name ->
                        fields.stream().noneMatch(other -> namesOf(other).anyMatch(name::equals)))
                .toList();
    }

    /** A name much like this one: a few letters changed, or a word before or behind it. */
    public static Optional<String> near(String field, Collection<String> names) {
        return names.stream()
                .filter(name -> name.endsWith("_" + field)
                        || name.startsWith(field + "_")
                        || field.endsWith("_" + name)
                        || field.startsWith(name + "_"))
                .sorted()
                .findFirst()
                .or(() -> field.length() < SHORTEST_NEAR ? Optional.empty() : Nearest.to(field, names));
    }

    private static final int SHORTEST_NEAR = 4;

    private Stream<String> namesOf(FieldSpec field) {
        Stream<String> own = Stream.concat(Stream.of(field.name()), field.aliases().stream());
        Stream<String> given = aliases.stream()
                .filter(alias -> alias.target().text().equals(field.name()))
                .map(alias -> alias.name().text());
        return Stream.concat(own, given);
    }
}
