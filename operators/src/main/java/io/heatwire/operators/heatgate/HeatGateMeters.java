package io.heatwire.operators.heatgate;

import io.heatwire.contract.declare.Label;
import io.heatwire.contract.declare.MeterSpec;
import java.util.List;

/** The meters of the heat gate: contract section 7, and two of our own for the inputs. */
final class HeatGateMeters {

    static final MeterSpec LOOPS =
            MeterSpec.counter("p26_loops_total", "Turns of the read loop without an error, empty reads too.");

    static final MeterSpec IN = MeterSpec.counter(
            "p26_in_messages_total",
            "Plans decided or sent to the dead-letter stream, by action.",
            Label.of(
                    "action",
                    "FULL_CLOSE_PROPOSED",
                    "FULL_CLOSE",
                    "PARTIAL_75_PROPOSED",
                    "PARTIAL_50_PROPOSED",
                    "PARTIAL_25_PROPOSED",
                    "PARTIAL_75",
                    "PARTIAL_50",
                    "PARTIAL_25",
                    "UPDATE_SL",
                    "HOLD",
                    "NONE",
                    Label.OTHER));

    static final MeterSpec OUT = MeterSpec.counter(
            "p26_out_messages_total",
            "Heat decisions written.",
            Label.of("heat_action", HeatVerdict.UNTOUCHED, HeatVerdict.DOWNGRADED, HeatVerdict.HELD),
            Label.of(
                    "heat_level",
                    HeatLevel.COLD.text,
                    HeatLevel.WARM.text,
                    HeatLevel.HOT.text,
                    HeatLevel.UNKNOWN.text));

    static final MeterSpec SCORE = MeterSpec.gauge(
            "p26_heat_score",
            "Heat score of the last decision, from 0 to 1; 0 when the heat is unknown.",
            Label.open("symbol", 500));

    static final MeterSpec UNKNOWN = MeterSpec.counter(
            "p26_failopen_total",
            "Decisions made without knowing the heat, by the reason published with them.",
            Label.of("reason", HeatFailure.reasons()));

    static final MeterSpec ABSENT = MeterSpec.counter(
            "heat_gate_absent_inputs_total",
            "Decisions for which this field of the portfolio state was absent.",
            Label.of("input", HeatInput.fields()));

    static final MeterSpec INVALID = MeterSpec.counter(
            "heat_gate_invalid_inputs_total",
            "Decisions for which this field of the portfolio state was no finite number.",
            Label.of("input", HeatInput.fields()));

    static final List<MeterSpec> ALL = List.of(LOOPS, IN, OUT, SCORE, UNKNOWN, ABSENT, INVALID);

    private HeatGateMeters() {}
}
