package io.heatwire.contract;

import io.heatwire.contract.declare.FieldSpec;
import io.heatwire.contract.declare.Footprint;
import io.heatwire.contract.declare.LookUpSpec;
import io.heatwire.contract.declare.MeterSpec;
import io.heatwire.contract.declare.Output;
import io.heatwire.contract.declare.Setting;
import io.heatwire.contract.declare.SettingProblem;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one declaration of an operator. Parsing, checks, commit scripts, metrics at 0, catalog and reference pages derive from it.
 *
 * @param name the name in the wiring
 * @param summary one sentence for the catalog
 * @param kind where its events come from
 * @param input the fields it reads from each event
 * @param settings its settings
 * @param outputs what it writes
 * @param lookUps the keys it reads or guards with, besides the outputs
 * @param meters every meter it or the engine on its behalf records
 * @param duties meters that the engine moves for it
 * @param footprint what one configuration of it reads and writes; null when that is what is declared here, whatever the settings
 * @param check finds settings that do not fit together; called only when each setting by itself is fine
 * @param factory makes the operator
 */
public record OperatorSpec(
        String name,
        String summary,
        Kind kind,
        List<FieldSpec> input,
        List<Setting> settings,
        List<Output> outputs,
        List<LookUpSpec> lookUps,
        List<MeterSpec> meters,
        Duties duties,
        @Nullable Function<OperatorConfig, Footprint> footprint,
        Function<OperatorConfig, List<SettingProblem>> check,
        Function<OperatorConfig, Operator> factory) {

    /** An operator that reads and writes the same, however it is configured. */
    public OperatorSpec(
            String name,
            String summary,
            Kind kind,
            List<FieldSpec> input,
            List<Setting> settings,
            List<Output> outputs,
            List<LookUpSpec> lookUps,
            List<MeterSpec> meters,
            Duties duties,
            Function<OperatorConfig, List<SettingProblem>> check,
            Function<OperatorConfig, Operator> factory) {
        this(name, summary, kind, input, settings, outputs, lookUps, meters, duties, null, check, factory);
    }

    /** What a stage of this operator reads and writes under these settings, of which every one is fine. */
    public Footprint footprintOf(OperatorConfig config) {
        return footprint == null ? Footprint.declared(input, outputs, lookUps) : footprint.apply(config);
    }

    /**
     * The declaration as it stands for one stage: with the fields, outputs and look-ups of its footprint.
     *
     * @param config of which every setting is fine; its keys are not looked at
     */
    public OperatorSpec configured(OperatorConfig config) {
        if (footprint == null) {
            return this;
        }
        Footprint own = footprint.apply(config);
        return new OperatorSpec(
                name,
                summary,
                kind,
                own.input(),
                settings,
                own.outputs(),
                own.lookUps(),
                meters,
                duties,
                same -> own,
                check,
                factory);
    }

    /** Where events come from. */
    public enum Kind {
        /** Entries of a stream; an {@link EventOperator}. */
        STREAM,
        /** A tick for each item of a list, on an interval; an {@link EventOperator} that reads keys. */
        POLLED,
        /** Entries of a stream, each waiting for a key; a {@link PollingOperator}. */
        LATE
    }

    /**
     * Meters and health fields of the contract that only the engine can know.
     *
     * @param loops counts each turn of the read loop without an error, empty reads too; null for none
     * @param errors counts errors by a label {@code stage} with the values read, write and ack; null for none
     * @param health names in the contract's health answer, each with the fact behind it
     */
    public record Duties(
            @Nullable MeterSpec loops, @Nullable MeterSpec errors, List<HealthField> health) {

        /** No duties. */
        public static final Duties NONE = new Duties(null, null, List.of());
    }

    /**
     * A field of the contract's health answer.
     *
     * @param name the JSON name
     * @param gauge the gauge to read for {@link Fact#GAUGE}; empty otherwise
     */
    public record HealthField(String name, Fact fact, String gauge) {

        /** What a health field tells. */
        public enum Fact {
            /** Unix time in s of the last good turn of the loop. */
            LAST_LOOP_EPOCH_S,
            /** How long the last turn took, in ms. */
            LAST_LOOP_MS,
            /** Entries pending or not yet delivered. */
            BACKLOG,
            /** The value of one of the operator's gauges, as a whole number. */
            GAUGE
        }
    }
}
