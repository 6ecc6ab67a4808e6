package io.heatwire.wiring.check;

import io.heatwire.wiring.graph.Word;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the file says of fields agrees with what the writing stages declare, and with what it says elsewhere of the same key. */
final class DeclaredFieldsAreTrue implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        Map<String, Resource> first = new HashMap<>();
        for (Resource resource : wires.resources()) {
            if (resource.ends().namesFields()) {
                if (!wires.isWrittenOutside(resource)) {
                    againstWriters(resource, wires, findings);
                }
                Resource other = first.putIfAbsent(resource.identity(), resource);
                if (other != null
                        && !other.ends().fieldNames().equals(resource.ends().fieldNames())) {
                    twice(resource, other, findings);
                }
            }
        }
    }

    private static void againstWriters(Resource resource, Wires wires, Findings findings) {
        List<WireEnd> writers = wires.writers(resource);
        List<FieldsOf.Written> written = writers.stream().map(wires::written).toList();
        boolean isKnown = !written.isEmpty() && written.stream().noneMatch(FieldsOf.Written::isOpen);
        Set<String> names =
                written.stream().flatMap(fields -> fields.names().stream()).collect(Collectors.toSet());
        for (Word field : resource.ends().fields()) {
            if (isKnown && !names.contains(field.text())) {
                findings.add(
                        ProblemCode.FIELDS_DISAGREE,
                        field.place(),
                        "no stage writes the field " + Shown.quoted(field.text()) + " to " + resource.title(),
                        FieldNames.near(field.text(), names)
                                .map(near -> "write " + near)
                                .orElse("leave it out"),
                        writers.stream().limit(3).map(WireEnd::related).toList());
            }
        }
        Set<String> unsaid = writers.stream()
                .flatMap(writer -> FieldsOf.written(writer).names().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        unsaid.removeAll(resource.ends().fieldNames());
        if (!unsaid.isEmpty()) {
            findings.add(
                    ProblemCode.FIELDS_DISAGREE,
                    resource.ends().fieldsPlace(),
                    "the fields of " + resource.title() + " leave out what its writer writes: "
                            + String.join(", ", unsaid),
                    "add them, or leave fields out: the stages say what they write",
                    writers.stream().limit(3).map(WireEnd::related).toList());
        }
    }

    private static void twice(Resource resource, Resource other, Findings findings) {
        findings.add(
                ProblemCode.FIELDS_DISAGREE,
                resource.ends().fieldsPlace(),
                resource.title() + " and " + other.title() + " are one key, "
                        + Shown.quoted(resource.key().text()) + ", and are said to have different fields",
                "give each a key of its own, or say the same of both",
                List.of(
                        new Related(other.ends().fieldsPlace(), "the fields of " + other.title()),
                        new Related(other.key().place(), "its key"),
                        new Related(resource.key().place(), "the key of " + resource.title())));
    }
}
