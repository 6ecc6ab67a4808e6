package io.heatwire.wiring.check;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.wiring.problem.Findings;
import io.heatwire.wiring.problem.ProblemCode;
import io.heatwire.wiring.problem.Related;
import io.heatwire.wiring.problem.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Each writer of a stream writes the fields that each of its readers needs: else every entry is a dead letter, or says nothing. */
final class InputFieldsAreWritten implements WireRule {

    @Override
    public void check(Wires wires, Findings findings) {
        for (WireEnd reader : wires.ends()) {
            if (reader.use() == WireEnd.Use.INPUT) {
                for (Provided provided : Provided.to(reader.resource(), wires)) {
                    if (provided.isKnown()) {
                        check(reader, provided, wires, findings);
                    }
                }
            }
        }
    }

    private static void check(WireEnd reader, Provided provided, Wires wires, Findings findings) {
        FieldNames read = FieldNames.of(reader.stage());
        List<FieldSpec> absent = read.fields().stream()
                .filter(field -> !read.isAmong(field, provided.names()))
                .toList();
        List<FieldSpec> needed = absent.stream()
                .filter(field -> FieldsOf.isNeeded(reader.stage(), field))
                .toList();
        boolean isStrange = !absent.isEmpty() && absent.size() == read.fields().size();
        if (FieldsOf.saysWhatItNeeds(reader.stage())) {
            // It does its work without the others, too: a rename of what may not be there.
            isStrange &= !needed.isEmpty();
        } else if (isStrange) {
            needed = absent;
        }
        Map<String, String> aliases = new TreeMap<>();
        for (FieldSpec field : absent) {
            Optional<String> other = read.near(field, provided.names());
            if (other.isEmpty() && needed.contains(field)) {
                other = read.longer(field, provided.names());
            }
            other.ifPresent(near -> aliases.putIfAbsent(near, field.name()));
        }
        if (!needed.isEmpty()) {
            notWritten(reader, needed, isStrange, provided, aliases, wires, findings);
        } else if (!aliases.isEmpty()) {
            nearlyWritten(reader, aliases, provided, findings);
        }
    }

    private static void notWritten(
            WireEnd reader,
            List<FieldSpec> needed,
            boolean isStrange,
            Provided provided,
            Map<String, String> aliases,
            Wires wires,
            Findings findings) {
        String fields = needed.stream().map(FieldSpec::name).limit(8).collect(Collectors.joining(", "));
        List<Related> related = new ArrayList<>(List.of(provided.related()));
        Optional<Resource> better = aliases.isEmpty() ? better(reader, wires) : Optional.empty();
        better.ifPresent(found -> related.add(new Related(found.name().place(), found.title() + " has them")));
        findings.add(
                ProblemCode.FIELD_NOT_WRITTEN,
                reader.place(),
                reader.says()
                        + (isStrange ? " and shares no field with its writer, " : " and needs ")
                        + (isStrange ? provided.who() : fields + ", which " + provided.who() + " does not write"),
                aliases.isEmpty()
                        ? better.map(found -> "write in: " + found.name().text())
                                .orElse("let " + provided.who() + " write " + fields + ", or read another stream")
                        : advice(reader, aliases),
                related);
    }

    private static void nearlyWritten(
            WireEnd reader, Map<String, String> aliases, Provided provided, Findings findings) {
        String fields = String.join(", ", aliases.values());
        findings.add(
                ProblemCode.FIELD_NEARLY_WRITTEN,
                reader.place(),
                reader.says() + " and would take " + fields + ", which " + provided.who()
                        + " writes under another name, it seems",
                advice(reader, aliases),
                List.of(provided.related()));
    }

    private static String advice(WireEnd reader, Map<String, String> aliases) {
        String pairs = aliases.entrySet().stream()
                .map(pair -> Shown.plain(pair.getKey()) + ": " + pair.getValue())
                .collect(Collectors.joining(", "));
        return "write at stage " + reader.stageName() + ": aliases: { " + pairs + " }";
    }

    /** A stream that stages of this wiring write and that has all the stage needs. */
    private static Optional<Resource> better(WireEnd reader, Wires wires) {
        FieldNames read = FieldNames.of(reader.stage());
        return wires.resources().stream()
                .filter(Resource::isStream)
                .filter(stream -> !stream.isSame(reader.resource()))
                .filter(stream -> wires.writers(stream).stream()
                        .anyMatch(writer -> !writer.stage().equals(reader.stage())
                                && read.hasAllRequired(wires.written(writer).names())))
                .findFirst();
    }
}
