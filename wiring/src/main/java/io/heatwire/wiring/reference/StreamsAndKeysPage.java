package io.heatwire.wiring.reference;

import io.heatwire.contract.OperatorSpec;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import java.util.List;
import java.util.Locale;

/** What is read and written, operator by operator. */
final class StreamsAndKeysPage {

    private StreamsAndKeysPage() {}

    static String render(List<OperatorSpec> catalog) {
        Markdown page = new Markdown()
                .title(
                        "Streams and keys",
                        "The ports of each operator. Streams that are written are bound under `out:`, everything else"
                                + " under `keys:`. Fields of streams are in the order of the wire.");
        for (OperatorSpec spec : catalog) {
            page.chapter(spec.name())
                    .table(
                            List.of("writes to port", "type", "variables", "fields", "meaning"),
                            spec.outputs().stream()
                                    .map(StreamsAndKeysPage::output)
                                    .toList())
                    .table(
                            List.of("reads or guards with port", "type", "usual key", "fields", "meaning"),
                            spec.lookUps().stream()
                                    .map(StreamsAndKeysPage::lookUp)
                                    .toList());
        }
        return page.toString();
    }

    private static List<String> output(Output output) {
        if (output instanceof Output.ToStream stream) {
            return row(output, "stream", List.of(), fields(stream.fields(), stream.open()), "");
        }
        if (output instanceof Output.ToHash hash) {
            String order =
                    hash.newestBy() == null ? "" : " Never replaced by one with a smaller `" + hash.newestBy() + "`.";
            return row(output, "hash", hash.variables(), fields(hash.fields(), hash.open()), order);
        }
        if (output instanceof Output.ToValue value) {
            String follows = value.follows() == null ? "" : " Written exactly when " + value.follows() + " is.";
            return row(output, "value", value.variables(), "", follows);
        }
        if (output instanceof Output.ToCounters counters) {
            return row(output, "hash of numbers", counters.variables(), Markdown.codes(counters.fields()), "");
        }
        return row(output, "deletes the key", ((Output.ToNothing) output).variables(), "", "");
    }

    private static List<String> row(Output output, String type, List<String> variables, String fields, String more) {
        return List.of(
                Markdown.code(output.port()),
                type,
                variables(variables),
                fields,
                Markdown.sentence(output.help()) + more);
    }

    private static List<String> lookUp(LookUpSpec lookUp) {
        return List.of(
                Markdown.code(lookUp.port()),
                lookUp.type().name().toLowerCase(Locale.ROOT),
                Markdown.code(lookUp.template()),
                Markdown.codes(lookUp.fields()),
                Markdown.sentence(lookUp.help()));
    }

    private static String fields(List<String> fields, boolean isOpen) {
        return Markdown.codes(fields) + (isOpen ? ", then further ones of the input" : "");
    }

    private static String variables(List<String> variables) {
        return Markdown.codes(variables.stream().map(name -> "{" + name + "}").toList());
    }
}
