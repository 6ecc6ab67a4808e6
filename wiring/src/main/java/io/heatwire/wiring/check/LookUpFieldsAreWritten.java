package io.heatwire.wiring.check;

import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a stage looks for in a key, somebody writes into it. No field in common, or one under a name much like it, is an error; a
 * single field that is absent is a warning, since the operator may do without.
 */
final class LookUpFieldsAreWritten implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd reader : wires.ends()) {
            if (reader.use() == WireEnd.Use.LOOK_UP) {
                List<Provided> provided = Provided.to(reader.resource(), wires);
                if (!provided.isEmpty() && provided.stream().allMatch(Provided::isKnown)) {
                    check(reader, provided, wires, findings);
                }
            }
        }
    }

    private static void check(WireEnd reader, List<Provided> provided, Wires wires, Findings findings) {
        List<String> read = FieldsOf.lookedUp(reader);
        Set<String> written = provided.stream()
                .flatMap(each -> each.names().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        List<String> absent =
                read.stream().filter(field -> !written.contains(field)).toList();
        if (absent.isEmpty()) {
            return;
        }
        List<String> free =
                written.stream().filter(name -> !read.contains(name)).toList();
        Map<String, String> near = new LinkedHashMap<>();
        absent.forEach(field -> FieldNames.near(field, free).ifPresent(name -> near.put(field, Shown.plain(name))));
        boolean isStrange = absent.size() == read.size();
        boolean isCertain = isStrange || !near.isEmpty();
        Optional<Resource> better = better(reader, read, wires);
        List<Related> related = new ArrayList<>();
        provided.stream().limit(3).forEach(each -> related.add(each.related()));
        better.ifPresent(found -> related.add(new Related(found.name().place(), found.title() + " has them all")));
        String fields = String.join(", ", absent.stream().limit(8).toList());
        findings.add(
                isCertain ? ProblemCode.LOOK_UP_MISSES : ProblemCode.LOOK_UP_FIELD_ABSENT,
                reader.place(),
                reader.says()
                        + (isStrange
                                ? " and finds none of the fields it reads there: " + fields
                                : " and reads " + fields + ", which nobody writes into it"),
                advice(near, better, fields, reader),
                related);
    }

    private static String advice(Map<String, String> near, Optional<Resource> better, String fields, WireEnd reader) {
        if (better.isPresent()) {
            return "bind port " + reader.port() + " to " + better.get().name().text();
        }
        if (!near.isEmpty()) {
            return near.entrySet().stream()
                    .map(pair -> "let its writer call it " + pair.getKey() + " instead of " + pair.getValue())
                    .collect(Collectors.joining("; "));
        }
        return "let its writer write " + fields + ", or bind port " + reader.port() + " to a key that has them";
    }

    /** Something of the same type that is known to have all the stage reads. */
    private static Optional<Resource> better(WireEnd reader, List<String> read, Wires wires) {
        Resource bound = reader.resource();
        return wires.resources().stream()
                .filter(other -> other.type().equals(bound.type()) && !other.isSame(bound))
                .filter(other -> Set.copyOf(other.template().variables())
                        .equals(Set.copyOf(bound.template().variables())))
                .filter(other -> Provided.to(other, wires).stream()
                        .anyMatch(each -> each.names().containsAll(read)))
                .findFirst();
    }
}
