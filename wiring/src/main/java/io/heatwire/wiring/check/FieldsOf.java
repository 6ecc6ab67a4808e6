package io.heatwire.wiring.check;

import io.heatwire.contract.OperatorConfig;
import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint.Carried;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.wiring.graph.StageWire;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which fields a stage reads and writes: the one place that asks the declaration of its operator. */
public final class FieldsOf {

    private FieldsOf() {}

    /**
     * Fields that are written.
     *
     * @param isOpen whether there may be more than these
     */
    public record Written(List<String> names, boolean isOpen) {}

    /** What a stage takes from its events. */
    public static List<FieldSpec> input(StageWire stage) {
        return stage.spec().input();
    }

    /** What a stage declares to write there; nothing at all for what has no fields. {@link Wires#written} knows what it hands on. */
    public static Written written(WireEnd writer) {
        for (Output output : writer.stage().spec().outputs()) {
            if (output.port().equals(writer.port()) && output instanceof Output.ToStream stream) {
                return new Written(stream.fields(), stream.open());
            }
            if (output.port().equals(writer.port()) && output instanceof Output.ToHash hash) {
                return new Written(hash.fields(), hash.open());
            }
            if (output.port().equals(writer.port()) && output instanceof Output.ToCounters counters) {
                return new Written(counters.fields(), false);
            }
        }
        return new Written(List.of(), false);
    }

    /** What an open output holds of what came in; nothing when that cannot be told. */
    static Optional<Carried> carried(WireEnd writer) {
        StageWire stage = writer.stage();
        return stage.spec().footprint() == null || stage.isShapeUnknown()
                ? Optional.empty()
                : Optional.ofNullable(
                        stage.spec().footprintOf(config(stage)).carried().get(writer.port()));
    }

    private static OperatorConfig config(StageWire stage) {
        return new OperatorConfig(stage.settings().values(), Map.of());
    }

    /** Whether its settings say which fields it needs, and which it takes when they are there. */
    static boolean saysWhatItNeeds(StageWire stage) {
        return stage.spec().footprint() != null;
    }

    /** Whether the stage cannot decide without it, or not always; settings may say so. */
    public static boolean isNeeded(StageWire stage, FieldSpec field) {
        return field.required()
                || (stage.spec().footprint() != null
                        && stage.spec().footprintOf(config(stage)).needed().contains(field.name()));
    }

    /** Whether settings say what fills the variables of its keys, and not fields of the same names. */
    static boolean fillsBySettings(StageWire stage) {
        return stage.spec().footprint() != null;
    }

    /** What a stage takes from a look-up there. */
    public static List<String> lookedUp(WireEnd reader) {
        return reader.stage().spec().lookUps().stream()
                .filter(lookUp -> lookUp.port().equals(reader.port()))
                .findFirst()
                .map(LookUpSpec::fields)
                .orElse(List.of());
    }
}
