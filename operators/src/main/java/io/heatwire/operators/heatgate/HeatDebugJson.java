package io.heatwire.operators.heatgate;

import static java.util.stream.Collectors.joining;

import io.heatwire.operators.number.DecimalText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The debug_json of a decision: valid JSON that can never reach the contract's limit of 400 characters. */
final class HeatDebugJson {

    private final HeatGateSettings settings;

    HeatDebugJson(HeatGateSettings settings) {
        this.settings = settings;
    }

    String of(HeatReading reading) {
        return reading instanceof HeatReading.Known known ? known(known) : unknown((HeatReading.Unknown) reading);
    }

    private String known(HeatReading.Known known) {
        String components = Arrays.stream(HeatInput.values())
                .map(input -> quoted(input.component)
                        + ':'
                        + rounded(known.components().getOrDefault(input, 0.0)))
                .collect(joining(","));
        return "{\"components\":{" + components + "},\"thresholds\":{\"warm\":" + DecimalText.write(settings.warmFrom())
                + ",\"hot\":" + DecimalText.write(settings.hotFrom()) + "}}";
    }

    private String unknown(HeatReading.Unknown unknown) {
        List<String> members = new ArrayList<>();
        if (settings.failClosed()) {
            members.add("\"fail_mode\": \"CLOSED\"");
        }
        addNames(members, "missing", unknown.missing());
        addNames(members, "invalid", unknown.invalid());
        return members.stream().collect(joining(", ", "{", "}"));
    }

    private static void addNames(List<String> members, String name, List<HeatInput> inputs) {
        if (!inputs.isEmpty()) {
            members.add(quoted(name) + ": "
                    + inputs.stream().map(input -> quoted(input.field)).collect(joining(", ", "[", "]")));
        }
    }

    private static String rounded(double number) {
        return DecimalText.write(DecimalText.round4(number));
    }

    private static String quoted(String name) {
        return '"' + name + '"';
    }
}
